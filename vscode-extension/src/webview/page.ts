// The tag browser's page. Everything it knows comes by messages from the extension; it reaches nothing itself.
import type { FromPage, ServerFace, ToPage } from '../tags/browserMessages';
import { categoryIcon, tagCategories } from '../tags/categories';
import { humanPosts } from '../tags/posts';
import type { FoundTag, TagCategory, TagInfo } from '../protocol';
import { button, element, icon } from './elements';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): State | undefined; setState(state: State): void };

interface State { query: string; category: TagCategory | null; tag: string | null }

const vscode = acquireVsCodeApi();
const state: State = vscode.getState() ?? { query: '', category: null, tag: null };
let server: ServerFace = 'starting';
let hasTarget = true;
let items: FoundTag[] = [];
let active = -1;
let lastSearch = 0;
let lastInfo = 0;
/** Shown only when an answer takes noticeably long: a bar that flashes at every letter is noise. */
let busy: ReturnType<typeof setTimeout> | undefined;

const input = element('input', {
  type: 'text', class: 'search', placeholder: 'Search tags', spellcheck: 'false', autocomplete: 'off', role: 'combobox',
  'aria-label': 'Search tags', 'aria-controls': 'tags', 'aria-expanded': 'true', 'aria-autocomplete': 'list',
});
const filters = element('div', { class: 'filters', role: 'radiogroup', 'aria-label': 'Category' });
const progress = element('div', { class: 'progress', role: 'progressbar', 'aria-label': 'Searching', hidden: '' });
const list = element('div', { id: 'tags', class: 'list', role: 'listbox', 'aria-label': 'Tags' });
const notice = element('div', { class: 'notice', role: 'status' });
const details = element('section', { class: 'details', 'aria-label': 'Tag', hidden: '' });

const send = (message: FromPage): void => vscode.postMessage(message);
const save = (): void => vscode.setState(state);

function search(): void {
  save();
  if (server !== 'ready') {
    return showServer();
  }
  lastSearch++;
  clearTimeout(busy);
  busy = setTimeout(() => { progress.hidden = false; }, 200);
  send({ type: 'search', id: lastSearch, query: state.query, category: state.category });
}

function showNotice(text: string, ...actions: HTMLElement[]): void {
  notice.replaceChildren(...(text === '' ? [] : [element('p', {}, text), ...actions]));
}

function showServer(): void {
  items = [];
  renderList();
  details.hidden = true;
  if (server === 'starting') {
    showNotice('The language server is starting.');
  } else {
    showNotice('The language server is not running.', button('Restart', () => send({ type: 'command', command: 'kohaku.restartServer' })),
      button('Show log', () => send({ type: 'command', command: 'kohaku.showLog' }), 'secondary'));
  }
}

function showFound(found: FoundTag[]): void {
  clearTimeout(busy);
  progress.hidden = true;
  items = found;
  active = found.length > 0 ? 0 : -1;
  renderList();
  if (found.length > 0) {
    showNotice('');
    return;
  }
  if (state.query === '') {
    showNotice('Type any part of a tag: blue ey, eyes blue, lh, logn hair.');
  } else if (state.category !== null) {
    showNotice(`No ${state.category} tag is like “${state.query}”.`, button('Search all categories', () => choose(null)));
  } else {
    showNotice(`No tag is like “${state.query}”.`);
  }
}

function renderList(): void {
  list.hidden = items.length === 0;
  list.replaceChildren(...items.map((tag, i) => {
    const row = element('div', { class: 'row', role: 'option', id: `tag-${i}`, title: `${tag.category}, ${tag.posts.toLocaleString('en')} posts` },
      icon(categoryIcon(tag.category), tag.category),
      element('span', { class: 'label' }, tag.label, ...(tag.alias ? [element('span', { class: 'alias' }, ` ${tag.alias}`)] : [])),
      element('span', { class: 'posts' }, humanPosts(tag.posts)),
      insertButton(tag.name));
    row.addEventListener('click', () => { setActive(i); open(tag.name); });
    row.addEventListener('dblclick', () => insert(tag.name));
    return row;
  }));
  setActive(active);
}

function insertButton(tag: string): HTMLElement {
  const it = element('button', { class: 'icon-button insert', title: 'Insert at the cursor', 'aria-label': `Insert ${tag}`, tabindex: '-1' }, icon('add'));
  it.addEventListener('click', event => { event.stopPropagation(); insert(tag); });
  return it;
}

function setActive(index: number): void {
  list.querySelector('.active')?.classList.remove('active');
  list.querySelector('[aria-selected]')?.removeAttribute('aria-selected');
  active = index;
  const row = list.children[index];
  if (row === undefined) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  row.classList.add('active');
  row.setAttribute('aria-selected', 'true');
  row.scrollIntoView({ block: 'nearest' });
  input.setAttribute('aria-activedescendant', row.id);
}

function insert(tag: string): void {
  if (hasTarget) {
    send({ type: 'insert', tag });
  } else {
    showNotice('No prompt is open to insert into.', button('New prompt', () => send({ type: 'command', command: 'kohaku.newPrompt' })));
  }
}

function open(tag: string): void {
  state.tag = tag;
  save();
  lastInfo++;
  send({ type: 'info', id: lastInfo, tag });
}

function close(): void {
  state.tag = null;
  save();
  details.hidden = true;
  input.focus();
}

const popularity: Record<TagInfo['popularity'], [string, string]> = {
  strong: ['pass', 'the model should know it'],
  weak: ['info', 'the model may know it, with emphasis'],
  rare: ['warning', 'the model likely never learned it'],
};

function showInfo(info: TagInfo | null): void {
  if (info === null) {
    details.hidden = true;
    return;
  }
  const [face, words] = popularity[info.popularity];
  const closing = element('button', { class: 'icon-button', title: 'Close (Escape)', 'aria-label': 'Close' }, icon('close'));
  closing.addEventListener('click', close);
  details.replaceChildren(
    element('header', {}, icon(categoryIcon(info.category)), element('h2', {}, info.label), closing),
    element('p', { class: 'facts' }, `${info.category} · ${info.posts.toLocaleString('en')} posts · section: ${info.section}`),
    element('p', { class: 'facts' }, icon(face), ` ${words}`),
    ...(info.aliases.length > 0 ? [element('h3', {}, 'Also called'), element('p', { class: 'names' }, info.aliases.join(', '))] : []),
    ...related('Implies', info.implies),
    ...related('Implied by', info.impliedBy),
    element('div', { class: 'actions' }, button('Insert', () => insert(info.name)), button('Wiki', () => send({ type: 'wiki', url: info.wiki }), 'secondary')));
  details.hidden = false;
}

function related(title: string, tags: string[]): HTMLElement[] {
  if (tags.length === 0) {
    return [];
  }
  const links = tags.map(tag => {
    const link = element('button', { class: 'link' }, tag);
    link.addEventListener('click', () => open(tag));
    return element('li', {}, link);
  });
  return [element('h3', {}, title), element('ul', { class: 'related' }, ...links)];
}

function choose(category: TagCategory | null): void {
  state.category = category;
  renderFilters();
  search();
}

function renderFilters(): void {
  const choices: (TagCategory | null)[] = [null, ...tagCategories];
  const had = filters.contains(document.activeElement);
  filters.replaceChildren(...choices.map(category => {
    const chosen = state.category === category;
    const radio = element('button', { class: 'filter', role: 'radio', 'aria-checked': String(chosen), tabindex: chosen ? '0' : '-1' }, category ?? 'all');
    radio.addEventListener('click', () => choose(category));
    return radio;
  }));
  if (had) {
    (filters.querySelector('[aria-checked=true]') as HTMLElement).focus();
  }
}

input.addEventListener('input', () => { state.query = input.value; search(); });
input.addEventListener('keydown', event => {
  const last = items.length - 1;
  const moves: Record<string, number> = { ArrowDown: Math.min(active + 1, last), ArrowUp: Math.max(active - 1, 0), PageDown: Math.min(active + 10, last), PageUp: Math.max(active - 10, 0) };
  const to = moves[event.key];
  const tag = items[active];
  if (to !== undefined && last >= 0) {
    event.preventDefault();
    setActive(to);
  } else if (event.key === 'Enter' && tag !== undefined) {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) { open(tag.name); } else { insert(tag.name); }
  } else if (event.key === 'Escape' && state.query !== '') {
    event.preventDefault();
    input.value = state.query = '';
    search();
  }
});
filters.addEventListener('keydown', event => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const choices = [null, ...tagCategories];
    choose(choices[(choices.indexOf(state.category) + step + choices.length) % choices.length] ?? null);
  }
});
details.addEventListener('keydown', event => { if (event.key === 'Escape') { close(); } });

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'server':
      if (server !== data.state) {
        server = data.state;
        search();
        if (server === 'ready' && state.tag !== null) { open(state.tag); }
      }
      break;
    case 'target':
      if (data.present && !hasTarget && server === 'ready') { showNotice(''); }
      hasTarget = data.present;
      document.body.classList.toggle('no-target', !hasTarget);
      break;
    case 'found':
      if (data.id === lastSearch) { showFound(data.items); }
      break;
    case 'info':
      if (data.id === lastInfo) { showInfo(data.info); }
      break;
    case 'failed':
      clearTimeout(busy);
      progress.hidden = true;
      showNotice(data.message, button('Try again', search), button('Show log', () => send({ type: 'command', command: 'kohaku.showLog' }), 'secondary'));
      break;
    case 'show':
      open(data.tag);
      break;
  }
});

input.value = state.query;
renderFilters();
(document.querySelector('main') as HTMLElement).append(element('div', { class: 'top' }, input, filters, progress), notice, list, details);
showServer();
addEventListener('focus', () => { if (document.activeElement === document.body) { input.focus(); } });
send({ type: 'loaded' });
