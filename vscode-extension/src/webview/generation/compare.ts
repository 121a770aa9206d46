// Two images over each other: the slider says where one ends and the other begins. It is a range, so that keys work too.
import type { GeneratedFile } from '../../generation/contract';
import { element } from '../elements';
import { sourceOf } from './host';

/** Their captions say what tells them apart. */
export function comparison(left: GeneratedFile, right: GeneratedFile, captions: [string, string]): HTMLElement {
  const slider = element('input', { type: 'range', min: '0', max: '100', step: '1', value: '50', class: 'slider', 'aria-label': 'Where the second image begins' });
  const frame = element('div', { class: 'compare' },
    element('img', { src: sourceOf(right.path), alt: `Second image: ${captions[1]}`, draggable: 'false' }),
    element('img', { src: sourceOf(left.path), alt: `First image: ${captions[0]}`, class: 'over', draggable: 'false' }),
    element('div', { class: 'edge', 'aria-hidden': 'true' }),
    element('span', { class: 'caption left' }, captions[0]), element('span', { class: 'caption right' }, captions[1]),
    slider);
  const split = (): void => {
    frame.style.setProperty('--split', `${slider.value}%`);
    slider.setAttribute('aria-valuetext', `${slider.value} percent of the first image`);
  };
  slider.addEventListener('input', split);
  split();
  frame.style.setProperty('--ratio', `${left.width} / ${left.height}`);
  return frame;
}
