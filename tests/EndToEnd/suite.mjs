// A suite is one VS Code and the steps that are tried in it. A step that fails says which it was, where its picture lies, and what the logs say last.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { VSCode } from './vscode.mjs';

const repository = path.resolve(import.meta.dirname, '../..');
export const vsix = process.env.KOHAKU_VSIX ?? path.join(repository, 'artifacts', 'kohaku-lsp-linux-x64.vsix');
const artifacts = path.join(repository, 'artifacts', 'end-to-end');

/** Hints and wrapping put characters and lines onto the screen that are not in the file; suites that want to see them switch them on. */
const plain = { '[kohaku-prompt]': { 'editor.inlayHints.enabled': 'off', 'editor.wordWrap': 'off' }, 'kohaku.codeLens.enabled': false };

/**
 * options: what VSCode.start takes; files default to an empty library. define(step, vscode) names the steps:
 * step(name, async v => …).
 */
export function suite(name, options, define) {
  const folder = path.join(artifacts, name.replace(/\W+/g, '-'));
  describe(name, () => {
    let v;
    before(async () => {
      assert.ok(fs.existsSync(vsix), `${vsix} is missing: npm run package in vscode-extension`);
      fs.rmSync(folder, { recursive: true, force: true });
      v = await VSCode.start({ vsix, shots: folder, files: { 'first.prompt': '1girl, solo' }, ...options, settings: { ...plain, ...options.settings } });
      if (!options.noWait) {
        await v.openFile('first.prompt');
        await v.waitStatus(options.ready ?? /Delta · \d+\/75/);
      }
    }, { timeout: 180_000 });

    after(async () => {
      await v?.stop({ keep: Boolean(process.env.KEEP) });
      assert.ok(!v?.leftBehind, 'processes were left behind');
      assert.deepEqual(v?.blocked ?? [], [], 'the workbench asked other hosts');
    });

    define((title, run) => test(title, { timeout: 120_000 }, async t => {
      try {
        await run(v, t);
        await v.shot(title.replace(/\W+/g, '-'));
      } catch (error) {
        const picture = await v?.shot(`FAILED-${title.replace(/\W+/g, '-')}`).catch(problem => problem.message);
        console.log(`FAILED: ${name}: ${title}\n  picture: ${picture}\n  Kohaku's log:\n${tail(v.outputLog('Kohaku'))}\n  code-server's log:\n${tail(v.serverLog(), 8)}`);
        // What the step left open must not be in the way of the next one.
        for (let i = 0; i < 3; i++) { await v.page.keyboard.press('Escape'); }
        throw error;
      }
    }));
  });
}

function tail(log, lines = 25) {
  return log.trimEnd().split('\n').slice(-lines).map(line => `    ${line}`).join('\n');
}

/** Matches a piece of the editor's text, whose blanks may be non-breaking. */
export const exactly = text => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')}$`);

/** The README's pictures: made anew with KOHAKU_ACCEPT=1, and always to be there. */
export async function picture(v, name, clip) {
  const file = path.join(repository, 'docs', 'images', `${name}.png`);
  if (process.env.KOHAKU_ACCEPT) {
    await v.settle();
    await v.page.screenshot({ path: file, ...(clip && { clip }) });
  }
  assert.ok(fs.existsSync(file), `${file} is missing: KOHAKU_ACCEPT=1 makes it`);
}
