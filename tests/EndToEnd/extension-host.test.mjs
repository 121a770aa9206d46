// Tests inside the extension host, where the extension's API can be called: what @vscode/test-electron does on a desktop.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { VSCode } from './vscode.mjs';

const here = import.meta.dirname;
const extension = path.resolve(here, '../../vscode-extension');

test('Extension host', { timeout: 180_000 }, async t => {
  assert.ok(fs.existsSync(path.join(extension, 'server')), 'vscode-extension/server is missing: npm run package there');
  const log = [];
  let exit;
  const exited = new Promise(resolve => { exit = resolve; });
  const v = await VSCode.start({
    files: { 'a.prompt': '1girl, long_hair, solo' }, noWait: true,
    serverArgs: ['--vscode-option', 'enable-smoke-test-driver'],     // without it the next two keys are not honoured
    payload: host => [['extensionDevelopmentPath', `vscode-remote://${host}${extension}`],
      ['extensionTestsPath', `vscode-remote://${host}${here}/extension-host/index.cjs`], ['skipWelcome', 'true']],
    preparePage: async page => {
      await page.exposeFunction('codeAutomationLog', (type, args) => log.push(args.join(' ')));
      await page.exposeFunction('codeAutomationExit', code => exit(code));
    },
  });
  try {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('the tests did not end')), 120_000).unref());
    const code = await Promise.race([exited, late]).catch(error => { console.log(log.join('\n')); throw error; });
    const results = log.flatMap(text => /^(ok|not ok) - ([^]*)$/.exec(text)?.slice(1, 3).join('|') ?? []).map(text => text.split(/\|([^]*)/));
    assert.ok(results.length > 0, `no test ran:\n${log.join('\n')}`);
    for (const [outcome, name] of results) {
      await t.test(name.split('\n')[0], () => assert.equal(outcome, 'ok', name));
    }
    assert.equal(code, 0);
    assert.equal(v.read('a.prompt'), '1girl, long hair, solo');
  } finally {
    await v.stop();
  }
});
