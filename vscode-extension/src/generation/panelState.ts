// What the panel shows, as a function of what happened. No event reaches into the state: each makes a new one, of which what did not change is the old.
import type { GeneratedFile, GenerationOffer, GenerationOptions, GenerationProgress, GenerationState } from './contract';
import { sentence } from './failure';

export type ServerFace = 'starting' | 'ready' | 'stopped';

/** What the row of controls says; null, and an empty seed, mean "as the prompt says". */
export interface Choices { model: string | null; sampler: string | null; steps: number | null; size: string | null; seed: string }

export interface Failure { message: string; help: string | null }

/** The request that runs. */
export interface Job {
  id: string;
  label: string;
  phase: Exclude<GenerationState, 'image' | 'warning'>;
  /** Which image, from 0, of how many. */
  image: number;
  count: number;
  step: number;
  steps: number;
  rate: number | null;
  secondsLeft: number | null;
  detail: string | null;
  preview: string | null;
  warnings: Failure[];
}

/** Images of one seed that differ in one thing, beside each other. */
export interface Series { title: string; items: SeriesItem[] }
export interface SeriesItem { job: string; label: string; path: string | null }

export interface PanelState {
  server: ServerFace;
  trusted: boolean;
  /** Whether there is a prompt that Generate would take. */
  hasPrompt: boolean;
  offer: GenerationOffer | null;
  choices: Choices;
  job: Job | null;
  waiting: number;
  failure: Failure | null;
  /** Newest first. */
  history: GeneratedFile[];
  /** The image that is the page. */
  shown: string | null;
  /** Whether the page shows what is being made rather than an earlier image. */
  following: boolean;
  /** Up to two images that are to be compared. */
  marked: string[];
  comparing: boolean;
  series: Series | null;
}

export type PanelEvent =
  | { type: 'server'; face: ServerFace }
  | { type: 'trust'; trusted: boolean }
  | { type: 'prompt'; present: boolean }
  | { type: 'offered'; offer: GenerationOffer }
  | { type: 'chose'; choices: Partial<Choices> }
  | { type: 'waiting'; count: number }
  | { type: 'started'; id: string; label: string }
  | { type: 'progress'; progress: GenerationProgress }
  | { type: 'ended'; id: string; images: GeneratedFile[]; failure: Failure | null }
  | { type: 'failed'; failure: Failure }
  | { type: 'dismissed' }
  | { type: 'showed'; path: string }
  | { type: 'followed' }
  | { type: 'marked'; path: string }
  | { type: 'compared'; on: boolean }
  | { type: 'forgot'; path: string }
  | { type: 'seriesBegan'; series: Series }
  | { type: 'seriesClosed' };

/** Images that the strip keeps. */
export const historyLimit = 60;

export const noChoices: Choices = { model: null, sampler: null, steps: null, size: null, seed: '' };

export const initialState: PanelState = {
  server: 'starting', trusted: true, hasPrompt: false, offer: null, choices: noChoices, job: null, waiting: 0, failure: null,
  history: [], shown: null, following: true, marked: [], comparing: false, series: null,
};

export function reduce(state: PanelState, event: PanelEvent): PanelState {
  switch (event.type) {
    case 'server': return { ...state, server: event.face };
    case 'trust': return { ...state, trusted: event.trusted };
    case 'prompt': return state.hasPrompt === event.present ? state : { ...state, hasPrompt: event.present };
    case 'offered': return { ...state, offer: event.offer };
    case 'chose': return { ...state, choices: { ...state.choices, ...event.choices } };
    case 'waiting': return { ...state, waiting: event.count };
    case 'started': return { ...started(state, event.id), job: newJob(event.id, event.label) };
    case 'progress': return progressed(state, event.progress);
    case 'ended': return ended(state, event);
    case 'failed': return { ...state, failure: event.failure };
    case 'dismissed': return { ...state, failure: null };
    case 'showed': return find(state, event.path) === undefined ? state : { ...state, shown: event.path, following: false, comparing: false, series: null, failure: null };
    case 'followed': return { ...state, following: true, comparing: false };
    case 'marked': return marked(state, event.path);
    case 'compared': return { ...state, comparing: event.on && state.marked.length === 2 };
    case 'forgot': return forgot(state, event.path);
    case 'seriesBegan': return { ...state, series: event.series, following: true, comparing: false, marked: [], failure: null };
    case 'seriesClosed': return { ...state, series: null, marked: [] };
  }
}

export function find(state: PanelState, path: string): GeneratedFile | undefined {
  return state.history.find(image => image.path === path);
}

/** What is asked of the server beyond the prompt. */
export function optionsOf({ choices, offer }: Pick<PanelState, 'choices' | 'offer'>): GenerationOptions {
  const model = choices.model ?? (offer?.model ? null : offer?.models[0]?.path ?? null);
  return {
    ...(model !== null && { model }),
    ...(choices.sampler !== null && { sampler: choices.sampler }),
    ...(choices.steps !== null && { steps: choices.steps }),
    ...(choices.size !== null && { size: choices.size }),
    ...(choices.seed !== '' && { seed: choices.seed }),
  };
}

/** What the page shows, the most urgent first. */
export type Stage = 'untrusted' | 'stopped' | 'failure' | 'job' | 'series' | 'compare' | 'image' | 'loading' | 'no-model' | 'empty';

export function stageOf(state: PanelState): Stage {
  if (!state.trusted) { return 'untrusted'; }
  if (state.server === 'stopped') { return 'stopped'; }
  if (state.failure !== null) { return 'failure'; }
  if (state.comparing && state.marked.length === 2) { return 'compare'; }
  if (state.series !== null) { return 'series'; }
  if (state.job !== null && state.following) { return 'job'; }
  if (state.shown !== null && find(state, state.shown) !== undefined) { return 'image'; }
  if (state.server === 'starting' || state.offer === null) { return 'loading'; }
  return hasModel(state) ? 'empty' : 'no-model';
}

export function hasModel({ choices, offer }: Pick<PanelState, 'choices' | 'offer'>): boolean {
  return choices.model !== null || Boolean(offer?.model) || (offer?.models.length ?? 0) > 0;
}

/** A series stays on the page only while its own images are made. */
function started(state: PanelState, id: string): PanelState {
  const ours = state.series?.items.some(({ job }) => job === id) ?? false;
  return { ...state, failure: null, following: true, comparing: false, series: ours ? state.series : null };
}

function newJob(id: string, label: string): Job {
  return { id, label, phase: 'queued', image: 0, count: 1, step: 0, steps: 0, rate: null, secondsLeft: null, detail: null, preview: null, warnings: [] };
}

function progressed(state: PanelState, progress: GenerationProgress): PanelState {
  const { job } = state;
  // What an earlier request still has to say is not about this one.
  if (job === null || job.id !== progress.job) { return state; }
  const image = progress.image ?? job.image;
  const count = progress.count ?? job.count;
  switch (progress.state) {
    case 'warning': {
      const message = sentence(progress.message ?? progress.detail ?? '');
      // Each prompt of a library says the same; once is enough.
      return job.warnings.some(warning => warning.message === message) ? state
        : { ...state, job: { ...job, warnings: [...job.warnings, { message, help: progress.help ? sentence(progress.help) : null }] } };
    }
    case 'image':
      return progress.file ? made({ ...state, job: { ...job, image, count } }, job.id, progress.file) : state;
    default: {
      const next = progress.state !== job.phase || image !== job.image;
      return { ...state, job: {
        ...job, phase: progress.state, image, count,
        step: progress.step ?? (next ? 0 : job.step), steps: progress.steps ?? (next ? 0 : job.steps),
        rate: progress.rate ?? (next ? null : job.rate), secondsLeft: progress.secondsLeft ?? null,
        detail: progress.detail ?? null, preview: progress.preview ?? (image === job.image ? job.preview : null),
      } };
    }
  }
}

function made(state: PanelState, job: string, file: GeneratedFile): PanelState {
  const history = [file, ...state.history.filter(({ path }) => path !== file.path)].slice(0, historyLimit);
  const series = state.series && { ...state.series, items: state.series.items.map(item => item.job === job ? { ...item, path: file.path } : item) };
  return { ...state, history, series, shown: state.following ? file.path : state.shown, marked: state.marked.filter(path => history.some(image => image.path === path)) };
}

function ended(state: PanelState, { id, images, failure }: { id: string; images: GeneratedFile[]; failure: Failure | null }): PanelState {
  // A notification may be missing (a client that was told nothing); the answer has them all.
  const missing = images.filter(({ path }) => find(state, path) === undefined);
  const all = missing.reduce((now, file) => made(now, id, file), state);
  return { ...all, job: all.job?.id === id ? null : all.job, failure: failure ?? all.failure };
}

/** A third one takes the place of the older of two. */
function marked(state: PanelState, path: string): PanelState {
  if (find(state, path) === undefined) { return state; }
  const without = state.marked.filter(other => other !== path);
  const paths = without.length < state.marked.length ? without : [...without, path].slice(-2);
  return { ...state, marked: paths, comparing: state.comparing && paths.length === 2 };
}

function forgot(state: PanelState, path: string): PanelState {
  const at = state.history.findIndex(image => image.path === path);
  const history = state.history.filter(image => image.path !== path);
  const paths = state.marked.filter(other => other !== path);
  return {
    ...state, history, marked: paths, comparing: state.comparing && paths.length === 2,
    series: state.series && { ...state.series, items: state.series.items.map(item => item.path === path ? { ...item, path: null } : item) },
    shown: state.shown === path ? (history[at] ?? history[at - 1])?.path ?? null : state.shown,
  };
}
