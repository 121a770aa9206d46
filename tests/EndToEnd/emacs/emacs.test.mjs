// Debian's Emacs with eglot against the native server: what a person sees there, and the bytes that are saved.
//   KOHAKU_LSP=/path/to/kohaku node --test tests/EndToEnd/emacs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const here = import.meta.dirname;
const program = process.env.KOHAKU_LSP ?? join(here, '../../../artifacts/kohaku/kohaku');

test('Emacs shows, fixes, completes and saves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kohaku-emacs-'));
  const file = join(folder, 'a.prompt');
  writeFileSync(file, '1girl, long_hair\n');
  const emacs = spawnSync('emacs', ['--batch', '-l', join(here, 'client.el'), file], {
    cwd: folder, encoding: 'utf8', timeout: 120_000, env: { ...process.env, HOME: folder, KOHAKU_LSP: program, KOHAKU_DATA: folder },
  });
  assert.equal(emacs.status, 0, emacs.stderr);
  const told = emacs.stderr.split('\n').filter(line => /^(finding|action|offered|done)/.test(line));
  assert.deepEqual(told, ['finding 8-17', 'action Write `long hair`', 'offered hatsune miku', 'offered long hair', 'done']);
  assert.equal(readFileSync(file, 'utf8'), '1girl, long hair, hatsune miku, (long hair)\n');
  rmSync(folder, { recursive: true });
});
