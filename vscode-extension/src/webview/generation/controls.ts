// The row below the image: seed, size, model, sampler, steps, and the one button that matters.
import { hasModel, type Choices, type PanelState } from '../../generation/panelState';
import { isSeed } from '../../generation/panelMessages';
import { button, element, icon } from '../elements';
import { current, onState, send } from './host';

const choose = (choices: Partial<Choices>): void => send({ type: 'choose', choices });

function toggle(face: HTMLElement, title: string, run: () => void): HTMLButtonElement {
  const it = element('button', { type: 'button', class: 'icon-button', title, 'aria-label': title, 'aria-pressed': 'false' }, face);
  it.addEventListener('click', run);
  return it;
}

/** There is no codicon of a die; five pips in the colour of the text. */
function die(): HTMLElement {
  return element('span', { class: 'die', 'aria-hidden': 'true' });
}

function field(label: string, ...controls: HTMLElement[]): HTMLElement {
  return element('label', { class: 'field' }, element('span', {}, label), ...controls);
}

const seed = element('input', { type: 'text', class: 'seed', inputmode: 'numeric', spellcheck: 'false', autocomplete: 'off', placeholder: 'auto', 'aria-label': 'Seed', title: 'auto: as the prompt says' });
const lock = toggle(icon('unlock'), 'Keep the seed of this image', () => {
  const { choices, history, shown } = current();
  const shownSeed = (history.find(image => image.path === shown) ?? history[0])?.seed;
  choose({ seed: isFixed(choices) ? '' : shownSeed ?? '' });
});
const dice = toggle(die(), 'A new random seed each time', () => choose({ seed: current().choices.seed === '-1' ? '' : '-1' }));
const size = element('select', { 'aria-label': 'Size', title: 'auto: as the prompt says' });
const model = element('select', { 'aria-label': 'Model', class: 'model' });
const sampler = element('select', { 'aria-label': 'Sampler', title: 'auto: as the prompt says' });
const steps = element('input', { type: 'number', class: 'steps', min: '1', max: '1000', step: '1', placeholder: 'auto', 'aria-label': 'Steps' });
const run = button('Generate', () => send({ type: 'generate' }));
run.title = 'Generate the prompt under the cursor (Ctrl+Enter)';
const cancel = button('Cancel', () => send({ type: 'cancel' }), 'secondary');
cancel.title = 'Cancel (Escape)';

const isFixed = (choices: Choices): boolean => choices.seed !== '' && choices.seed !== '-1';

seed.addEventListener('change', () => {
  const text = seed.value.trim().toLowerCase() === 'random' ? '-1' : seed.value.trim();
  if (isSeed(text)) { choose({ seed: text }); } else { showSeed(current()); }
});
size.addEventListener('change', () => choose({ size: size.value || null }));
sampler.addEventListener('change', () => choose({ sampler: sampler.value || null }));
steps.addEventListener('change', () => {
  const count = steps.valueAsNumber;
  if (steps.value === '' || (Number.isInteger(count) && count >= 1 && count <= 1000)) { choose({ steps: steps.value === '' ? null : count }); } else { showSteps(current()); }
});
model.addEventListener('change', () => {
  if (model.value === 'choose…') {
    showModels(current());
    send({ type: 'chooseModel' });
  } else {
    choose({ model: model.value || null });
  }
});

/** Fills a list; a value that is not in it, since another model offers others, is added so that it is seen. */
function fill(select: HTMLSelectElement, options: [string, string][], value: string): void {
  const all = options.some(([key]) => key === value) ? options : [...options, [value, value] as [string, string]];
  select.replaceChildren(...all.map(([key, text]) => element('option', { value: key }, text)));
  select.value = value;
}

function showSeed({ choices, history }: PanelState): void {
  seed.value = choices.seed === '-1' ? '' : choices.seed;
  seed.placeholder = choices.seed === '-1' ? 'random' : 'auto';
  const fixed = isFixed(choices);
  lock.setAttribute('aria-pressed', String(fixed));
  lock.disabled = !fixed && history.length === 0;
  lock.replaceChildren(icon(fixed ? 'lock' : 'unlock'));
  lock.title = fixed ? 'Let the seed go' : 'Keep the seed of this image';
  dice.setAttribute('aria-pressed', String(choices.seed === '-1'));
}

function showSteps({ choices, offer }: PanelState): void {
  steps.value = choices.steps === null ? '' : String(choices.steps);
  steps.title = offer === null ? '' : `auto: as the prompt says, else ${offer.defaults.steps}`;
}

function showModels({ choices, offer }: PanelState): void {
  const models = offer?.models ?? [];
  const configured = offer?.model ?? null;
  const own = models.find(({ path }) => path === configured)?.name ?? configured?.split(/[\\/]/).at(-1);
  const rest = models.filter(({ path }) => path !== configured).map(({ path, name }): [string, string] => [path, name]);
  const known: [string, string][] = own === undefined ? rest : [['', own], ...rest];
  const value = choices.model === configured ? '' : choices.model ?? (own === undefined ? rest[0]?.[0] ?? '' : '');
  fill(model, [...(known.length === 0 ? [['', 'none'] as [string, string]] : known), ['choose…', 'Choose…']], value);
  model.title = offer?.device ? `Runs on ${offer.device}` : '';
}

onState((state, before) => {
  const { choices, offer, job } = state;
  if (choices !== before.choices || offer !== before.offer || state.history !== before.history) {
    showSeed(state);
    showSteps(state);
    showModels(state);
    const auto: [string, string] = ['', 'auto'];
    fill(size, [auto, ...(offer?.sizes ?? []).map((it): [string, string] => [`${it.width}x${it.height}`, it.label === '' ? `${it.width} × ${it.height}` : it.label])], choices.size ?? '');
    fill(sampler, [auto, ...(offer?.samplers ?? []).map((name): [string, string] => [name, name])], choices.sampler ?? '');
  }
  const focused = [run, cancel].some(it => it === document.activeElement);
  run.hidden = job !== null;
  cancel.hidden = job === null;
  run.disabled = state.server !== 'ready' || !state.trusted || (offer !== null && !hasModel(state));
  // The button that one pressed is gone: the focus stays at its place.
  if (focused && (document.activeElement as HTMLElement | null)?.hidden !== false) { (job === null ? run : cancel).focus(); }
});

export const controls = element('form', { class: 'row', 'aria-label': 'Generation' }, element('div', { class: 'fields' },
  element('div', { class: 'field' }, element('span', { 'aria-hidden': 'true' }, 'Seed'), element('div', { class: 'group' }, seed, lock, dice)),
  field('Size', size), field('Model', model), field('Sampler', sampler), field('Steps', steps),
  element('div', { class: 'actions' }, cancel, run)));
controls.addEventListener('submit', event => event.preventDefault());
for (const it of [run, cancel]) { it.type = 'button'; }
