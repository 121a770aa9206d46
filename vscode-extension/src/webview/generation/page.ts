// The generation panel's page. It shows what the extension says and tells what is pressed; it reaches nothing itself.
import { announcement, fraction, progressText } from '../../generation/progressText';
import { stageOf } from '../../generation/panelState';
import { element, icon } from '../elements';
import { controls } from './controls';
import { acceptDrops } from './drop';
import { current, onState, send } from './host';
import { stage, tools } from './stage';
import { strip } from './strip';

const bar = element('div', { class: 'bar', role: 'progressbar', 'aria-label': 'Progress', 'aria-valuemin': '0', 'aria-valuemax': '100', hidden: '' }, element('div', { class: 'done' }));
const words = element('p', { class: 'words' });
const what = element('span', { class: 'what' });
const which = element('span', { class: 'which' });
const waiting = element('span', {});
const cancelAll = element('button', { class: 'link' }, 'Cancel all');
cancelAll.addEventListener('click', () => send({ type: 'cancelAll' }));
const queue = element('span', {}, waiting, cancelAll);
const warnings = element('ul', { class: 'warnings', 'aria-label': 'Warnings', hidden: '' });
const spoken = element('div', { class: 'spoken', 'aria-live': 'polite', 'aria-atomic': 'true' });

/** What was warned of stays to be read after its image is there. */
onState((state, before) => {
  const { job } = state;
  bar.hidden = job === null;
  if (job !== null) {
    const done = fraction(job);
    bar.classList.toggle('unknown', done === null);
    bar.style.setProperty('--done', String(done ?? 0));
    bar.setAttribute('aria-valuetext', progressText(job));
    if (done === null) { bar.removeAttribute('aria-valuenow'); } else { bar.setAttribute('aria-valuenow', String(Math.round(done * 100))); }
    what.textContent = progressText(job);
    which.textContent = job.label;
    if (queue.parentElement !== words) { words.replaceChildren(what, which, queue); }
    queue.hidden = state.waiting === 0;
    waiting.textContent = `${state.waiting} waiting · `;
  } else {
    const image = stageOf(state) === 'image' ? state.history.find(({ path }) => path === state.shown) : undefined;
    words.replaceChildren(...(image === undefined ? [] : [
      element('span', { class: 'what' }, `${image.width} × ${image.height} · seed ${image.seed} · ${image.seconds.toFixed(1)} s`),
      element('span', { class: 'which', title: image.path }, image.path.split(/[\\/]/).at(-1) ?? '')]));
  }
  if (job !== null && job.warnings !== before.job?.warnings) {
    warnings.replaceChildren(...job.warnings.map(({ message, help }) => element('li', {}, icon('warning', 'Warning'), ` ${message}${help === null ? '' : ` ${help}`}`)));
  }
  warnings.hidden = warnings.children.length === 0 || ['compare', 'failure'].includes(stageOf(state));
  const text = announcement(before, state);
  if (text !== null) { spoken.textContent = text; }
});

addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send({ type: 'generate' });
  } else if (event.key === 'Escape') {
    const state = current();
    const kind = stageOf(state);
    if (kind === 'compare') { send({ type: 'compare', on: false }); } else if (kind === 'failure') { send({ type: 'dismiss' }); } else if (state.job !== null) { send({ type: 'cancel' }); } else if (kind === 'series') { send({ type: 'closeSeries' }); }
  }
});

const main = document.querySelector('main') as HTMLElement;
main.append(bar, stage, tools, warnings, words, controls, strip, spoken);
acceptDrops(main);
send({ type: 'loaded' });
