// A workspace that is not trusted: the text is linted, and nothing is read that the workspace's files name.
import assert from 'node:assert/strict';
import { suite } from './suite.mjs';

const files = {
  'first.prompt': '1girl, long_hair, qwertz, solo',
  'kohaku.json': '{ "tags": { "extra": "own.csv" } }',
  'own.csv': 'qwertz,0,5000,\n',
};

suite('Trust', { trust: true, files }, step => {
  const unknown = v => v.problems().then(all => all.filter(text => text.includes('qwertz')));

  step('lints what is not trusted, without the lists that it names', async v => {
    await v.page.locator('[id="status.workspaceTrust"]').waitFor();
    await v.page.waitForSelector('.squiggly-warning');
    await v.poll('the tag unknown', async () => (await unknown(v)).length === 1);
  });

  step('reads them once the workspace is trusted', async v => {
    await v.command('Workspaces: Manage Workspace Trust');
    await v.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).first().click();
    await v.page.locator('[id="status.workspaceTrust"]').waitFor({ state: 'detached' });
    await v.openFile('first.prompt');
    await v.poll('the tag known', async () => (await unknown(v)).length === 0);
    assert.equal((await v.problems()).some(text => text.includes('long hair')), true);
  });
});
