// The images of this session, newest first: arrows walk, Enter shows, Space marks to compare, Delete takes off the list.
import type { GeneratedFile } from '../../generation/contract';
import { element } from '../elements';
import { current, onState, send, sourceOf } from './host';

export const strip = element('ul', { class: 'strip', 'aria-label': 'Earlier images: Enter shows one, Space marks two to compare', hidden: '' });

function item(image: GeneratedFile, i: number): HTMLElement {
  const it = element('button', { class: 'thumbnail', 'data-path': image.path, title: `seed ${image.seed}, ${image.width} × ${image.height}, ${image.seconds.toFixed(1)} s\nSpace or Ctrl+click marks it to compare`, 'aria-label': `Image ${i + 1}, seed ${image.seed}`, tabindex: '-1' },
    element('img', { src: sourceOf(image.path), alt: '', width: String(image.width), height: String(image.height), loading: 'lazy', decoding: 'async', draggable: 'false' }), element('span', { class: 'mark', 'aria-hidden': 'true' }));
  it.addEventListener('click', event => send({ type: event.ctrlKey || event.metaKey ? 'mark' : 'show', path: image.path }));
  return element('li', {}, it);
}

const thumbnails = (): HTMLButtonElement[] => [...strip.querySelectorAll('button')];

onState((state, before) => {
  const focused = strip.contains(document.activeElement) ? thumbnails().indexOf(document.activeElement as HTMLButtonElement) : -1;
  const path = focused < 0 ? undefined : thumbnails()[focused]?.dataset['path'];
  if (state.history !== before.history) {
    strip.replaceChildren(...state.history.map(item));
    strip.hidden = state.history.length === 0;
  }
  const all = thumbnails();
  const at = all.findIndex(it => it.dataset['path'] === state.shown);
  for (const [i, it] of all.entries()) {
    const own = it.dataset['path'] ?? '';
    it.classList.toggle('shown', own === state.shown);
    it.classList.toggle('marked', state.marked.includes(own));
    if (own === state.shown) { it.setAttribute('aria-current', 'true'); } else { it.removeAttribute('aria-current'); }
    it.setAttribute('aria-pressed', String(state.marked.includes(own)));
    it.tabIndex = i === Math.max(at, 0) ? 0 : -1;
    const mark = it.querySelector('.mark');
    if (mark !== null) { mark.textContent = state.marked.includes(own) ? String(state.marked.indexOf(own) + 1) : ''; }
  }
  if (focused >= 0 && state.history !== before.history) { (all.find(it => it.dataset['path'] === path) ?? all[Math.min(focused, all.length - 1)])?.focus(); }
  if (state.shown !== before.shown) { all[at]?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }
});

strip.addEventListener('keydown', event => {
  const all = thumbnails();
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  const path = all[at]?.dataset['path'];
  if (path === undefined) { return; }
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    all[to]?.focus();
  } else if (event.key === ' ') {
    event.preventDefault();
    send({ type: 'mark', path });
  } else if (event.key === 'Delete') {
    event.preventDefault();
    send({ type: 'forget', path });
  } else if (event.key === 'c' && current().marked.length === 2 && !event.ctrlKey && !event.metaKey) {
    send({ type: 'compare', on: true });
  }
});
