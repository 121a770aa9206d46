import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { findExecutable } from '../src/client/executable';
import { RestartPolicy } from '../src/client/restartPolicy';
import { SaveBudget, within } from '../src/client/saveBudget';
import { nestSettings } from '../src/client/settings';

describe('restarts', () => {
  test('come at once, then later, then not at all', () => {
    const policy = new RestartPolicy(() => 0);
    assert.deepEqual([1, 2, 3, 4, 5].map(() => policy.crashed()), [0, 1_000, 3_000, 8_000, undefined]);
  });
  test('forget crashes that are long ago', () => {
    let now = 0;
    const policy = new RestartPolicy(() => now);
    for (let i = 0; i < 4; i++) { policy.crashed(); }
    now = RestartPolicy.window;
    assert.equal(policy.crashed(), 0);
  });
  test('begin anew when the user asks for one', () => {
    const policy = new RestartPolicy(() => 0);
    for (let i = 0; i < 5; i++) { policy.crashed(); }
    policy.reset();
    assert.equal(policy.crashed(), 0);
  });
});

describe('the budget of a save', () => {
  let now = 0;
  const wait = (budget: SaveBudget, uri: string, milliseconds: number) => {
    const waited = budget.begin(uri);
    now += milliseconds;
    waited();
  };
  test('is shared by the requests of one save', () => {
    const budget = new SaveBudget(() => now);
    assert.equal(budget.left('a'), SaveBudget.limit);
    wait(budget, 'a', 150);
    assert.equal(budget.left('a'), SaveBudget.limit - 150);
    wait(budget, 'a', 150);
    assert.equal(budget.left('a'), SaveBudget.limit - 300);
    wait(budget, 'a', 150);
    assert.equal(budget.left('a'), 0);
  });
  test('is not spent by what happens between two requests', () => {
    const budget = new SaveBudget(() => now);
    wait(budget, 'a', 10);
    now += 1_000;
    assert.equal(budget.left('a'), SaveBudget.limit - 10);
  });
  test('is whole again after the save', () => {
    const budget = new SaveBudget(() => now);
    wait(budget, 'a', SaveBudget.limit);
    budget.end('a');
    assert.equal(budget.left('a'), SaveBudget.limit);
  });
  test('is whole again when the save was never heard of', () => {
    const budget = new SaveBudget(() => now);
    wait(budget, 'a', SaveBudget.limit);
    now += SaveBudget.forgotten + 1;
    assert.equal(budget.left('a'), SaveBudget.limit);
  });
  test('is each document\'s own', () => {
    const budget = new SaveBudget(() => now);
    wait(budget, 'a', SaveBudget.limit);
    assert.equal(budget.left('b'), SaveBudget.limit);
  });
});

describe('work with a limit', () => {
  const uncalled = (): void => assert.fail('cancelled');

  test('gives its result', async () => {
    assert.deepEqual(await within(60_000, Promise.resolve('edits'), uncalled), { late: false, value: 'edits' });
  });
  test('gives no edits as no edits, not as late', async () => {
    assert.deepEqual(await within(60_000, Promise.resolve(undefined), uncalled), { late: false, value: undefined });
  });
  test('fails as the work fails', async () => {
    await assert.rejects(within(60_000, Promise.reject(new Error('broken')), uncalled), /broken/);
  });
  test('is late, and cancelled once, when the work never ends', async () => {
    let cancelled = 0;
    assert.deepEqual(await within(1, new Promise(() => undefined), () => { cancelled++; }), { late: true });
    assert.equal(cancelled, 1);
  });
  test('keeps a failure that comes too late to itself', async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<void>((_, reject) => { fail = reject; });
    await within(1, work, () => undefined);
    fail(new Error('nobody waits any more'));
    await new Promise(setImmediate);
  });
});

describe('settings for the server', () => {
  test('nest by their dots', () => {
    const set: Record<string, unknown> = { profile: 'kohaku-xl-epsilon', 'thresholds.strong': 2000, 'thresholds.weak': 50, rules: { 'weak-tag': 'none' }, 'completion.usage': false };
    assert.deepEqual(nestSettings(key => set[key]), {
      profile: 'kohaku-xl-epsilon', rules: { 'weak-tag': 'none' }, thresholds: { strong: 2000, weak: 50 }, completion: { usage: false },
    });
  });
  test('leave out what is not set', () => {
    const set: Record<string, unknown> = { profile: null, tokenLimit: undefined, rules: {}, networks: [], 'emphasis.weak': 0, dynamicPrompts: false };
    assert.deepEqual(nestSettings(key => set[key]), { dynamicPrompts: false, emphasis: { weak: 0 } });
  });
});

describe('the program', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kohaku-extension-'));
  after(() => fs.rmSync(folder, { recursive: true }));
  fs.mkdirSync(path.join(folder, 'server'));
  fs.writeFileSync(path.join(folder, 'server', 'kohaku'), '', { mode: 0o755 });
  fs.writeFileSync(path.join(folder, 'text'), '', { mode: 0o644 });

  test('is the bundled one', () => {
    assert.deepEqual(findExecutable(folder, '', 'linux'), { path: path.join(folder, 'server', 'kohaku'), bundled: true });
  });
  test('is the one that the setting names', () => {
    const own = path.join(folder, 'server', 'kohaku');
    assert.deepEqual(findExecutable('/nowhere', own), { path: own, bundled: false });
  });
  for (const [name, setting, problem] of [
    ['a relative path', 'bin/kohaku', /must be an absolute path/],
    ['a file that is not there', path.join(folder, 'none'), /does not exist; kohaku\.server\.path names it/],
    ['a folder', folder, /is not a file/],
  ] as const) {
    test(`is not taken from ${name}`, () => {
      assert.match((findExecutable(folder, setting) as { problem: string }).problem, problem);
    });
  }
  test('is missed in words that help where the package is another platform\'s', () => {
    assert.match((findExecutable(folder, '', 'win32') as { problem: string }).problem, /carries no language server for win32/);
  });
});
