// The image as the page, and what stands there while there is none: each such state has one button that leads on.
import type { GeneratedFile } from '../../generation/contract';
import { titleOf } from '../../generation/failure';
import { find, hasModel, stageOf, type PanelState, type Stage } from '../../generation/panelState';
import { button, element, icon } from '../elements';
import { comparison } from './compare';
import { onState, send, sourceOf } from './host';

const stage = element('section', { class: 'stage', 'aria-label': 'Image' });
const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': 'This image' });
let face: Stage | undefined;
let live: { image: HTMLImageElement; empty: HTMLElement } | undefined;

function notice(symbol: string, title: string, text: string | null, ...actions: HTMLElement[]): HTMLElement {
  return element('div', { class: 'notice' }, icon(symbol), element('h2', {}, title), ...(text === null ? [] : [element('p', {}, text)]), element('div', { class: 'actions' }, ...actions));
}

function tool(name: string, title: string, run: () => void, pressed?: boolean): HTMLElement {
  const it = element('button', { class: 'icon-button', title, 'aria-label': title, ...(pressed === undefined ? {} : { 'aria-pressed': String(pressed) }) }, icon(name));
  it.addEventListener('click', run);
  return it;
}

const command = (name: 'kohaku.restartServer' | 'kohaku.showLog' | 'kohaku.newPrompt' | 'workbench.trust.manage') => (): void => send({ type: 'command', command: name });

function contents(state: PanelState, kind: Stage): HTMLElement[] {
  switch (kind) {
    case 'untrusted':
      return [notice('shield', 'This workspace is not trusted', 'Its settings could name any file as a model. Trust it to make images.', button('Manage trust', command('workbench.trust.manage')))];
    case 'stopped':
      return [notice('error', 'The language server is not running', null, button('Restart', command('kohaku.restartServer')))];
    case 'loading':
      return [notice('loading', 'The language server is starting', null, button('Show log', command('kohaku.showLog'), 'secondary'))];
    case 'no-model':
      return [notice('package', 'No model is chosen', 'An SDXL checkpoint (.safetensors), such as kohaku-xl-delta. Nothing is downloaded.', button('Choose a model', () => send({ type: 'chooseModel' })))];
    case 'empty':
      return [state.hasPrompt
        ? notice('device-camera', 'No image yet', 'The prompt under the cursor becomes an image. Drop a PNG here to open its prompt.', button('Generate', () => send({ type: 'generate' })))
        : notice('edit', 'No prompt is open', 'Open a .prompt file, or drop a PNG here to open its prompt.', button('New prompt', command('kohaku.newPrompt')))];
    case 'failure': {
      const { failure, hasPrompt } = state;
      const { title, paths } = titleOf(failure?.message ?? '');
      const it = notice('error', title, failure?.help ?? null,
        state.offer !== null && !hasModel(state) ? button('Choose a model', () => { send({ type: 'dismiss' }); send({ type: 'chooseModel' }); })
          : hasPrompt ? button('Try again', () => send({ type: 'retry' })) : button('New prompt', () => { send({ type: 'dismiss' }); send({ type: 'command', command: 'kohaku.newPrompt' }); }),
        button('Dismiss', () => send({ type: 'dismiss' }), 'secondary'));
      it.lastElementChild?.before(...paths.map(path => element('p', { class: 'path' }, path)));
      return [it];
    }
    case 'job': {
      const image = element('img', { class: 'picture preview', alt: 'Preview', draggable: 'false', hidden: '' });
      const empty = element('div', { class: 'placeholder', 'aria-hidden': 'true' }, icon('device-camera'));
      live = { image, empty };
      return [empty, image];
    }
    case 'image': {
      const image = find(state, state.shown ?? '');
      return image === undefined ? [] : [picture(image.path, `Image with seed ${image.seed}, ${image.width} by ${image.height}`)];
    }
    case 'compare': {
      const [left, right] = state.marked.map(path => find(state, path));
      return left && right ? [comparison(left, right, [captionOf(state, left), captionOf(state, right)])] : [];
    }
    case 'series':
      return [element('h2', { class: 'series-title' }, state.series?.title ?? ''), element('div', { class: 'series' }, ...(state.series?.items ?? []).map(item => cell(state, item)))];
  }
}

/** Images of a series differ in one thing, others in their seed at least. */
function captionOf({ series }: PanelState, { path, seed }: GeneratedFile): string {
  return series?.items.find(item => item.path === path)?.label ?? `seed ${seed}`;
}

function picture(path: string, alt: string): HTMLElement {
  const image = element('img', { class: 'picture', src: sourceOf(path), alt, draggable: 'false' });
  image.addEventListener('error', () => {
    if (image.isConnected) { image.replaceWith(notice('warning', 'The file cannot be shown', path, button('Take it off the list', () => send({ type: 'forget', path })))); }
  });
  return image;
}

function cell(state: PanelState, { job, label, path }: { job: string; label: string; path: string | null }): HTMLElement {
  if (path !== null) {
    const marked = state.marked.includes(path);
    const it = element('button', { class: 'cell', 'aria-pressed': String(marked), title: 'Mark to compare', 'data-path': path }, element('img', { src: sourceOf(path), alt: '', draggable: 'false' }), element('span', {}, label));
    it.addEventListener('click', () => send({ type: 'mark', path }));
    return it;
  }
  const running = state.job?.id === job;
  const empty = element('div', { class: 'placeholder' }, icon(running ? 'loading' : 'circle-outline'));
  const image = element('img', { alt: '', class: 'preview', hidden: '' });
  if (running) { live = { image, empty }; }
  return element('div', { class: 'cell' }, image, empty, element('span', {}, label));
}

function showTools(state: PanelState, kind: Stage): void {
  const path = state.shown;
  const focused = tools.contains(document.activeElement) ? [...tools.children].indexOf(document.activeElement as Element) : -1;
  const both = state.marked.length === 2 && (kind === 'image' || kind === 'series') ? [tool('split-horizontal', 'Compare the two marked images', () => send({ type: 'compare', on: true }))] : [];
  if (kind === 'image' && path !== null) {
    tools.replaceChildren(
      ...(state.job === null ? [] : [tool('eye', 'Back to the image being made', () => send({ type: 'follow' }))]), ...both,
      tool('compare-changes', 'Mark to compare', () => send({ type: 'mark', path }), state.marked.includes(path)),
      tool('copy', 'Copy parameters', () => send({ type: 'copyParameters', path })),
      tool('go-to-file', 'Open as prompt', () => send({ type: 'openAsPrompt', path })),
      tool('zoom-in', 'Open in an editor', () => send({ type: 'open', path })),
      tool('folder-opened', 'Reveal the file', () => send({ type: 'reveal', path })));
  } else if (kind === 'compare') {
    tools.replaceChildren(tool('close', 'Close the comparison', () => send({ type: 'compare', on: false })));
  } else if (kind === 'series') {
    tools.replaceChildren(...both, tool('close', 'Close', () => send({ type: 'closeSeries' })));
  } else {
    tools.replaceChildren();
  }
  tools.hidden = tools.children.length === 0;
  if (focused >= 0) { ((tools.children[focused] ?? tools.lastElementChild) as HTMLElement | null)?.focus(); }
}

/** What a stage shows besides what changes within it. */
function reasons(state: PanelState, kind: Stage): unknown[] {
  switch (kind) {
    case 'job': return [state.job?.id, state.job?.image];
    case 'image': return [state.shown, sourceOf(state.shown ?? '')];
    case 'compare': return [...state.marked];
    case 'series': return [state.series, state.marked, state.job?.id];
    case 'failure': return [state.failure, state.hasPrompt];
    case 'empty': return [state.hasPrompt];
    default: return [];
  }
}
let shown: unknown[] = [];

onState(state => {
  const kind = stageOf(state);
  const now = reasons(state, kind);
  if (kind !== face || now.some((reason, i) => reason !== shown[i])) {
    const focused = stage.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['path'] : undefined;
    live = undefined;
    stage.replaceChildren(...contents(state, kind));
    stage.dataset['face'] = kind;
    [face, shown] = [kind, now];
    if (focused !== undefined) { [...stage.querySelectorAll<HTMLElement>('[data-path]')].find(it => it.dataset['path'] === focused)?.focus(); }
  }
  showTools(state, kind);
  if (live !== undefined && state.job?.preview) {
    live.image.src = state.job.preview;
    live.image.hidden = false;
    live.empty.hidden = true;
  }
});

export { stage, tools };
