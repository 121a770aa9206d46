import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GenerateParams, GeneratedFile, GenerationOffer, GenerationProgress } from '../src/generation/contract';
import { failureOf, sentence, titleOf } from '../src/generation/failure';
import { GenerationQueue, type GenerationTask } from '../src/generation/GenerationQueue';
import { GenerationStore } from '../src/generation/GenerationStore';
import { readChoices, readFromPage } from '../src/generation/panelMessages';
import { historyLimit, initialState, noChoices, optionsOf, reduce, stageOf, type PanelEvent, type PanelState } from '../src/generation/panelState';
import { announcement, fraction, progressText, timeText } from '../src/generation/progressText';
import { readStored, toStored } from '../src/generation/storedHistory';
import { statusFace } from '../src/status/statusText';

const image = (seed: string, more: Partial<GeneratedFile> = {}): GeneratedFile =>
  ({ path: `/out/${seed}.png`, uri: `file:///out/${seed}.png`, seed, width: 832, height: 1216, parameters: `Seed: ${seed}`, seconds: 3.9, prompt: '1girl', ...more });
const offer: GenerationOffer = {
  models: [{ path: '/models/delta.safetensors', name: 'delta' }], model: '/models/delta.safetensors', samplers: ['Euler a', 'DPM++ 2M'], schedules: ['Karras'],
  sizes: [{ width: 832, height: 1216, label: '832 × 1216' }], outputFolder: '/out', device: 'CPU',
  defaults: { steps: 28, sampler: 'Euler a', schedule: 'Automatic', guidanceScale: 6, size: '832x1216', seedDialect: 'a1111-nv', emphasis: 'no-norm' },
};
const ready: PanelState = { ...initialState, server: 'ready', hasPrompt: true, offer };
const after = (state: PanelState, ...events: PanelEvent[]): PanelState => events.reduce(reduce, state);
const progress = (more: Partial<GenerationProgress>): PanelEvent => ({ type: 'progress', progress: { job: 'a', state: 'sample', ...more } });
const start: PanelEvent = { type: 'started', id: 'a', label: 'miku.prompt' };
const end = (images: GeneratedFile[] = []): PanelEvent => ({ type: 'ended', id: 'a', images, failure: null });
const made = (...seeds: string[]): PanelState => after(ready, start, ...seeds.map(seed => progress({ state: 'image', file: image(seed) })), end());

describe('the panel', () => {
  test('leads on from every state in which there is no image', () => {
    assert.equal(stageOf(initialState), 'loading');
    assert.equal(stageOf({ ...ready, trusted: false }), 'untrusted');
    assert.equal(stageOf({ ...ready, server: 'stopped' }), 'stopped');
    assert.equal(stageOf({ ...ready, offer: { ...offer, model: null, models: [] } }), 'no-model');
    assert.equal(stageOf(ready), 'empty');
  });

  test('needs no configured model where folders offer one, and asks for the first', () => {
    const state = { ...ready, offer: { ...offer, model: null } };
    assert.equal(stageOf(state), 'empty');
    assert.deepEqual(optionsOf(state), { model: '/models/delta.safetensors' });
  });

  test('leaves to the prompt what is not chosen', () => {
    assert.deepEqual(optionsOf(ready), {});
    const state = after(ready, { type: 'chose', choices: { seed: '-1', steps: 12 } }, { type: 'chose', choices: { size: '640x640', sampler: 'DPM++ 2M' } });
    assert.deepEqual(optionsOf(state), { seed: '-1', steps: 12, size: '640x640', sampler: 'DPM++ 2M' });
  });

  test('follows an image from its start to its end', () => {
    let state = after(ready, start);
    assert.deepEqual([stageOf(state), state.job?.phase, fraction(state.job!)], ['job', 'queued', null]);
    state = after(state, progress({ state: 'load', detail: 'delta' }), progress({ image: 0, count: 1, step: 12, steps: 28, rate: 7.4, secondsLeft: 2.2, preview: 'data:image/png;base64,AA' }));
    assert.equal(progressText(state.job!), 'Sampling · step 12 of 28 · 7.4 it/s · 3 s left');
    assert.equal(state.job?.preview, 'data:image/png;base64,AA');
    state = after(state, progress({ step: 13 }));
    assert.deepEqual([state.job?.steps, state.job?.rate, state.job?.preview], [28, 7.4, 'data:image/png;base64,AA']);
    state = after(state, progress({ state: 'decode' }), progress({ state: 'image', file: image('42') }), end());
    assert.deepEqual([stageOf(state), state.shown, state.job, state.history.length], ['image', '/out/42.png', null, 1]);
  });

  test('begins the preview of each image of a queue anew', () => {
    const state = after(ready, start, progress({ image: 0, count: 2, step: 3, steps: 4, preview: 'data:image/png;base64,AA' }), progress({ image: 1, count: 2, step: 1, steps: 4 }));
    assert.equal(state.job?.preview, null);
    assert.match(progressText(state.job!), /^Image 2 of 2 · Sampling · step 1 of 4/);
  });

  test('does not listen to a job that is over', () => {
    const state = after(ready, start);
    assert.equal(reduce(state, { type: 'progress', progress: { job: 'earlier', state: 'image', file: image('1') } }), state);
    assert.equal(reduce(ready, progress({ step: 1 })), ready);
  });

  test('takes images from the answer that no notification brought, and none twice', () => {
    const state = after(ready, start, progress({ state: 'image', file: image('1') }), end([image('1'), image('2')]));
    assert.deepEqual(state.history.map(({ seed }) => seed), ['2', '1']);
  });

  test('keeps an earlier image on the page while another is made, if someone looked at it', () => {
    let state = after(made('1'), start, { type: 'showed', path: '/out/1.png' }, progress({ state: 'image', file: image('2') }));
    assert.deepEqual([stageOf(state), state.shown], ['image', '/out/1.png']);
    state = after(state, { type: 'followed' });
    assert.equal(stageOf(state), 'job');
  });

  test('shows an error with its help until something new begins', () => {
    const failure = { message: 'The model is not SDXL.', help: 'Choose an SDXL checkpoint.' };
    const state = after(made('1'), start, { type: 'ended', id: 'a', images: [], failure });
    assert.deepEqual([stageOf(state), state.failure, state.job, state.history.length], ['failure', failure, null, 1]);
    assert.equal(stageOf(after(state, { type: 'dismissed' })), 'image');
    assert.equal(stageOf(after(state, start)), 'job');
  });

  test('keeps warnings with the job, each once', () => {
    const warning = progress({ state: 'warning', message: 'a key maps to nothing', help: 'See the log' });
    const state = after(ready, start, warning, progress({ step: 1, steps: 2 }), warning);
    assert.deepEqual(state.job?.warnings, [{ message: 'A key maps to nothing.', help: 'See the log.' }]);
  });

  test('keeps a limited history, newest first', () => {
    const state = made(...Array.from({ length: historyLimit + 5 }, (_, i) => String(i)));
    assert.equal(state.history.length, historyLimit);
    assert.equal(state.history[0]?.seed, String(historyLimit + 4));
  });

  test('compares two marked images; a third replaces the older', () => {
    const mark = (seed: string): PanelEvent => ({ type: 'marked', path: `/out/${seed}.png` });
    let state = after(made('1', '2', '3'), mark('1'), { type: 'compared', on: true });
    assert.notEqual(stageOf(state), 'compare');
    state = after(state, mark('2'), { type: 'compared', on: true });
    assert.equal(stageOf(state), 'compare');
    state = after(state, mark('3'));
    assert.deepEqual([state.marked, stageOf(state)], [['/out/2.png', '/out/3.png'], 'compare']);
    assert.deepEqual([stageOf(after(state, mark('3'))), after(state, mark('3')).marked], ['image', ['/out/2.png']]);
    assert.equal(after(state, mark('unknown')), state);
  });

  test('goes to the neighbour where the shown image is taken off', () => {
    const state = after(made('1', '2', '3'), { type: 'showed', path: '/out/2.png' }, { type: 'marked', path: '/out/2.png' }, { type: 'forgot', path: '/out/2.png' });
    assert.deepEqual([state.shown, state.marked, state.history.map(({ seed }) => seed)], ['/out/1.png', [], ['3', '1']]);
    assert.equal(after(made('1'), { type: 'forgot', path: '/out/1.png' }).shown, null);
  });

  test('fills a series as its images come, and leaves it for the next job', () => {
    const series = { title: 'smile', items: [{ job: 'a', label: 'without', path: null }, { job: 'b', label: '1.5', path: null }] };
    let state = after(ready, { type: 'seriesBegan', series }, start, progress({ state: 'image', file: image('1') }), end());
    assert.equal(stageOf(state), 'series');
    assert.deepEqual(state.series?.items.map(({ path }) => path), ['/out/1.png', null]);
    state = after(state, { type: 'started', id: 'b', label: '' });
    assert.equal(stageOf(state), 'series');
    assert.equal(stageOf(after(state, { type: 'ended', id: 'b', images: [], failure: null }, { type: 'started', id: 'c', label: '' })), 'job');
  });

  test('shares what did not change with the state before', () => {
    const before = made('1');
    const state = after(before, { ...start, id: 'a' }, progress({ step: 1, steps: 2 }));
    assert.equal(state.history, before.history);
    assert.equal(state.choices, before.choices);
  });

  test('tells only what changed', () => {
    const store = new GenerationStore(ready);
    const told: string[][] = [];
    store.onDidChange(changed => told.push(Object.keys(changed)));
    store.dispatch({ type: 'chose', choices: { steps: 4 } });
    store.dispatch({ type: 'prompt', present: true });
    assert.deepEqual(told, [['choices']]);
  });
});

describe('progress', () => {
  const job = after(ready, start, progress({ step: 1, steps: 8 })).job!;
  test('turns a slow rate round', () => assert.match(progressText({ ...job, rate: 0.4 }), /2\.5 s\/it/));
  test('writes times as people do', () => assert.deepEqual([0, 0.4, 59, 59.4, 61, 3_700].map(timeText), ['0 s', '1 s', '59 s', '1 min 0 s', '1 min 1 s', '1 h 1 min']));
  test('is read out by phases and quarters', () => {
    const at = (step: number): PanelState => after(ready, start, progress({ step, steps: 8 }));
    assert.equal(announcement(ready, after(ready, start)), 'Waiting');
    assert.equal(announcement(at(2), at(3)), null);
    assert.equal(announcement(at(3), at(4)), 'Sampling · step 4 of 8');
    assert.equal(announcement(at(8), after(at(8), progress({ state: 'image', file: image('7') }))), 'Image ready: 832 by 1216, seed 7.');
    assert.equal(announcement(at(3), after(at(3), { type: 'ended', id: 'a', images: [], failure: null })), 'Generation ended.');
    assert.equal(announcement(at(3), after(at(3), { type: 'ended', id: 'a', images: [], failure: { message: '/models/x: no.', help: 'Try.' } })), 'x: no. Try.');
  });
  test('stands in the status bar', () => assert.equal(statusFace('ready', null, { ...job, step: 12, steps: 28 }).text, '$(loading~spin) 12/28'));
});

describe('the queue', () => {
  const task = (id: string, group = id): GenerationTask => ({ id, group, label: id, params: { uri: 'file:///a.prompt' } });
  /** A server that answers when it is told to. */
  function fake() {
    const asked: { params: GenerateParams; signal: AbortSignal; answer: (images: GeneratedFile[]) => void; fail: (error: unknown) => void }[] = [];
    const store = new GenerationStore(ready);
    const queue = new GenerationQueue((params, signal) => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject({ code: -32800, message: 'cancelled' }));
      asked.push({ params, signal, answer: images => resolve({ images }), fail: reject });
    }), store.dispatch);
    const settled = () => new Promise(setImmediate);
    return { asked, store, queue, settled };
  }

  test('asks for one at a time, in order', async () => {
    const { asked, store, queue, settled } = fake();
    queue.add(task('a'), task('b'));
    assert.deepEqual([asked.map(({ params }) => params.job), store.state.job?.id, store.state.waiting], [['a'], 'a', 1]);
    asked[0]!.answer([image('1')]);
    await settled();
    assert.deepEqual([asked.map(({ params }) => params.job), store.state.job?.id, store.state.waiting, store.state.history.length], [['a', 'b'], 'b', 0, 1]);
  });

  test('cancels a group at once, and goes on with the next', async () => {
    const { asked, store, queue, settled } = fake();
    queue.add(task('a', 'g'), task('b', 'g'), task('c'));
    queue.cancel();
    await settled();
    assert.deepEqual([asked[0]!.signal.aborted, asked.map(({ params }) => params.job), store.state.failure], [true, ['a', 'c'], null]);
    queue.cancel(true);
    await settled();
    assert.deepEqual([store.state.job, store.state.waiting, asked.length], [null, 0, 2]);
  });

  test('shows an error and sends the request again when asked to', async () => {
    const { asked, store, queue, settled } = fake();
    assert.equal(queue.retry(), false);
    queue.add(task('a'));
    asked[0]!.fail({ code: -32803, message: 'Too little memory.', data: { help: 'Choose a smaller size.' } });
    await settled();
    assert.deepEqual(store.state.failure, { message: 'Too little memory.', help: 'Choose a smaller size.' });
    assert.equal(queue.retry(), true);
    assert.equal(asked.length, 2);
    assert.notEqual(asked[1]!.params.job, 'a');
    assert.deepEqual([asked[1]!.params.uri, store.state.failure], ['file:///a.prompt', null]);
  });

  test('does not try the rest of a group of which one failed', async () => {
    const { asked, store, queue, settled } = fake();
    queue.add(task('a', 'g'), task('b', 'g'));
    asked[0]!.fail(new Error('No model.'));
    await settled();
    assert.deepEqual([asked.length, store.state.failure, store.state.waiting], [1, { message: 'No model.', help: null }, 0]);
  });

  test('takes a cancelled request of the server for no error', () => {
    assert.equal(failureOf({ code: -32800, message: 'cancelled' }), null);
    assert.match(failureOf({ code: -32097, message: 'Pending response rejected since connection got disposed' })?.message ?? '', /language server ended/);
    assert.deepEqual(failureOf(undefined), { message: 'The images could not be made.', help: null });
  });
});

test('what the server says becomes sentences', () => {
  assert.deepEqual(['no model is named', '/a.prompt: holds no prompt', 'size: 1 is too small', 'Trust the workspace', 'All is well.', ''].map(sentence),
    ['No model is named.', '/a.prompt: holds no prompt.', 'size: 1 is too small.', 'Trust the workspace.', 'All is well.', '']);
});

test('a failure is titled with names of files, and keeps their paths beside it', () => {
  const titles: [message: string, title: string, paths: string[]][] = [
    ['No model is named.', 'No model is named.', []],
    ['/home/me/my models/delta.safetensors: no such file or folder.', 'delta.safetensors: no such file or folder.', ['/home/me/my models/delta.safetensors']],
    ['/a/b.onnx is a link out of its folder, which is refused: no.', 'b.onnx is a link out of its folder, which is refused: no.', ['/a/b.onnx']],
    ['/a/b.prompt:3:14: size is too small.', 'b.prompt:3:14: size is too small.', ['/a/b.prompt']],
    ['C:\\models\\x.safetensors: broken.', 'x.safetensors: broken.', ['C:\\models\\x.safetensors']],
    ['CUDA does not work: provider (/opt/gpu/libonnxruntime_providers_cuda.so): no such file.', 'CUDA does not work: provider (libonnxruntime_providers_cuda.so): no such file.', ['/opt/gpu/libonnxruntime_providers_cuda.so']],
    ['ONNX Runtime is loaded already, and not from /opt/gpu/1.31.0.', 'ONNX Runtime is loaded already, and not from 1.31.0.', ['/opt/gpu/1.31.0']],
    ['https://example.org/a/b is not the index of a NuGet source.', 'https://example.org/a/b is not the index of a NuGet source.', []],
    ['7/8 and / or \\ are no paths: /.', '7/8 and / or \\ are no paths: /.', []],
  ];
  for (const [message, title, paths] of titles) { assert.deepEqual(titleOf(message), { title, paths }, message); }
});

describe('messages of the page', () => {
  test('are let through where they are whole', () => {
    for (const message of [{ type: 'generate' }, { type: 'show', path: '/a.png' }, { type: 'compare', on: true }, { type: 'choose', choices: { seed: '42', steps: null } }, { type: 'dropUri', uri: 'file:///a.png' },
      { type: 'command', command: 'kohaku.newPrompt' }]) {
      assert.deepEqual(readFromPage(message), message);
    }
  });
  test('are refused otherwise', () => {
    for (const message of [null, 'generate', {}, { type: 'format' }, { type: 'show' }, { type: 'show', path: 1 }, { type: 'compare', on: 'yes' }, { type: 'command', command: 'workbench.action.terminal.new' },
      { type: 'dropUri', uri: 'https://example.org/a.png' }, { type: 'choose', choices: { __proto__: null, extra: 1 } }, { type: 'choose', choices: { seed: '1; rm' } }, { type: 'choose', choices: { steps: 1.5 } },
      { type: 'choose', choices: { size: '832' } }, { type: 'choose' }, { type: 'toString' }]) {
      assert.equal(readFromPage(message), undefined, JSON.stringify(message));
    }
  });
  test('bring nothing but PNGs', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0);
    assert.deepEqual(readFromPage({ type: 'dropBytes', bytes: png }), { type: 'dropBytes', bytes: png });
    assert.deepEqual(readFromPage({ type: 'dropBytes', bytes: png.buffer }), { type: 'dropBytes', bytes: png });
    assert.equal(readFromPage({ type: 'dropBytes', bytes: Uint8Array.of(0xFF, 0xD8, 0xFF) }), undefined);
    assert.equal(readFromPage({ type: 'dropBytes', bytes: 'iVBORw0KGgo=' }), undefined);
  });
  test('choose seeds beyond what a number holds', () => assert.deepEqual(readChoices({ seed: '18446744073709551615' }), { seed: '18446744073709551615' }));
});

describe('what is stored', () => {
  test('comes back', () => {
    const state = after(made('1', '2'), { type: 'chose', choices: { steps: 9 } }, { type: 'showed', path: '/out/1.png' });
    assert.deepEqual(readStored(JSON.parse(JSON.stringify(toStored(state)))), { history: state.history, choices: state.choices, shown: '/out/1.png' });
  });
  test('is left out as far as it makes no sense', () => {
    assert.deepEqual(readStored(undefined), { history: [], choices: noChoices, shown: null });
    assert.deepEqual(readStored({ history: [image('1'), { path: 4 }, null], choices: { steps: 'many' }, shown: '/gone.png' }), { history: [image('1')], choices: noChoices, shown: '/out/1.png' });
  });
});
