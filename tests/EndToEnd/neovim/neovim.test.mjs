// Debian's Neovim against the native server: what a person sees there, and the bytes that are saved.
//   KOHAKU_LSP=/path/to/kohaku node --test tests/EndToEnd/neovim
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const here = import.meta.dirname;
const program = process.env.KOHAKU_LSP ?? join(here, '../../../artifacts/kohaku/kohaku');

test('Neovim shows, fixes, completes, tells, renames, formats and saves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kohaku-nvim-'));
  const file = join(folder, 'a.prompt');
  writeFileSync(file, '1girl, long_hair\n---\n1girl, solo\n---\nsolo,smile\n');
  const nvim = spawnSync('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', `luafile ${join(here, 'client.lua')}`, file], {
    cwd: folder, encoding: 'utf8', timeout: 120_000, env: { ...process.env, KOHAKU_LSP: program, KOHAKU_DATA: folder, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  const seen = nvim.stdout.split('\n').filter(Boolean).map(text => JSON.parse(text));
  assert.equal(nvim.status, 0, JSON.stringify(seen, null, 1) + nvim.stderr);
  const told = name => seen.filter(item => name in item).map(item => item[name]);
  assert.deepEqual(told('findings'), [['KHK001']]);
  assert.deepEqual(told('action'), ['Write `long hair`']);
  assert.deepEqual(told('offered'), ['hatsune miku', 'twintails']);
  assert.deepEqual(told('completed'), ['1girl, long hair, hatsune miku', '1girl, long hair, hatsune miku, (twintails']);
  assert.match(told('hover')[0], /1girl/);
  assert.deepEqual(told('stopped'), [true]);
  assert.equal(readFileSync(file, 'utf8'), '2girls, long hair, hatsune miku, (twintails)\n---\n2girls, solo\n---\nsolo, smile\n');
  rmSync(folder, { recursive: true });
});
