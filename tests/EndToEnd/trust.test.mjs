// A workspace that is not trusted: the text is linted, nothing is read or run that the workspace's files name, and no image is made.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suite } from './suite.mjs';

const files = {
  'first.prompt': '1girl, long_hair, qwertz, solo\nSteps: 1, Size: 64x64',
  'kohaku.json': '{ "tags": { "extra": "own.csv" }, "extends": "other.json" }',
  'other.json': '{ "rules": { "underscore-in-tag": "none" } }',
  'own.csv': 'qwertz,0,5000,\n',
  'own.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n',
};

suite('Trust', { trust: true, files }, step => {
  const unknown = v => v.problems().then(all => all.filter(text => text.includes('qwertz')));
  const face = (v, name) => v.webview().locator(`.stage[data-face="${name}"]`).waitFor();
  const there = (v, name) => fs.existsSync(path.join(v.workspace, name));

  step('lints what is not trusted, without the lists and configurations that it names', async v => {
    await v.page.locator('[id="status.workspaceTrust"]').waitFor();
    await v.page.waitForSelector('.squiggly-warning');
    await v.poll('the tag unknown', async () => (await unknown(v)).length === 1);
    const problems = await v.problems();
    assert.ok(problems.some(text => text.includes('long hair')), 'what extends names would silence it');
    assert.ok(problems.some(text => text.includes('not read, since the workspace is not trusted')), problems.join('\n'));
  });

  step('runs no program, opens no model and writes nowhere that its settings name', async v => {
    fs.chmodSync(path.join(v.workspace, 'own.sh'), 0o755);
    const own = name => path.join(v.workspace, name);
    const [before] = v.languageServers();
    v.write({ '.vscode/settings.json': JSON.stringify({
      'kohaku.server.path': own('own.sh'), 'kohaku.trace.server': 'verbose', 'kohaku.profile': own('own.json'), 'kohaku.tags.extra': [own('own.csv')], 'kohaku.tags.databases': [own('own.db')],
      'kohaku.generate.model': own('own.safetensors'), 'kohaku.generate.vae': own('vae.safetensors'), 'kohaku.generate.modelFolders': [v.workspace], 'kohaku.generate.outputFolder': own('written'), 'kohaku.generate.gpuLibrary': own('native'), 'kohaku.rules': { 'unknown-tag': 'error' },
    }) });
    // The last one is none that could do harm: once it is seen, all were.
    await v.page.waitForSelector('.squiggly-error');
    await v.command('Kohaku: Restart Language Server');
    const [server] = await v.poll('another server', () => { const now = v.languageServers(); return now.length === 1 && now[0] !== before && now; });
    assert.match(fs.readlinkSync(`/proc/${server}/exe`), /extensions\/kohaku\.kohaku-lsp-[^/]*\/server\/kohaku$/);
    assert.equal(there(v, 'ran'), false);
    await v.poll('the tag unknown', async () => (await unknown(v)).length === 1);
    assert.deepEqual((await v.problems()).filter(text => /own\.(json|db|safetensors)/.test(text)), []);
  });

  step('makes no image, and says why', async v => {
    await v.openFile('first.prompt');
    await v.command('Kohaku: Generate Image');
    await face(v, 'untrusted');
    assert.match(await v.webview().locator('.stage').innerText(), /This workspace is not trusted/);
    assert.deepEqual(v.workers(), []);
    assert.deepEqual([there(v, 'out'), there(v, 'written')], [false, false]);
    await v.shot('untrusted-panel');
  });

  step('reads them once the workspace is trusted, and still takes no program and no model of its settings', async v => {
    await v.webview().locator('.stage .button', { hasText: 'Manage trust' }).click();
    await v.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
    await v.page.locator('[id="status.workspaceTrust"]').waitFor({ state: 'detached' });
    await v.openFile('first.prompt');
    await v.poll('the tag known', async () => (await unknown(v)).length === 0);
    assert.deepEqual((await v.problems()).filter(text => text.includes('long hair')), [], 'other.json silences it');
    await v.command('Kohaku: Show Generation');
    await face(v, 'no-model');
    assert.equal(there(v, 'ran'), false);
  });
});
