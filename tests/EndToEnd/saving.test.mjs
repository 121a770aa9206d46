// Mending and formatting on save, and a save that does not wait for a server which hangs.
import assert from 'node:assert/strict';
import { suite } from './suite.mjs';

const settings = {
  '[kohaku-prompt]': {
    'editor.inlayHints.enabled': 'off', 'editor.wordWrap': 'off', 'editor.formatOnSave': true,
    'editor.codeActionsOnSave': { 'source.fixAll.kohaku': 'explicit', 'source.sortSections.kohaku': 'explicit' },
  },
};

suite('Saving', { settings }, step => {
  step('fixes, sorts and formats on save', async v => {
    await v.open('save.prompt', '1girl, long_hair');
    await v.page.keyboard.press('Control+End');
    await v.page.keyboard.type(' ,  masterpiece, vocaloid, solo ');
    await v.page.keyboard.press('Escape');
    await v.save();
    assert.equal(v.read('save.prompt'), '1girl, vocaloid, masterpiece, long hair, solo');
    await v.waitText('1girl, vocaloid, masterpiece, long hair, solo');
  });

  step('saves what stands there when the server hangs', async v => {
    await v.open('hangs.prompt', '1girl, solo');
    const [pid] = v.languageServers();
    process.kill(pid, 'SIGSTOP');
    try {
      await v.page.keyboard.press('Control+End');
      await v.page.keyboard.type(', long_hair');
      await v.page.keyboard.press('Escape');
      await v.save();
      assert.equal(v.read('hangs.prompt'), '1girl, solo, long_hair');
      await v.page.locator('.statusbar-item', { hasText: 'took too long' }).waitFor();
      for (let i = 1; i <= 6; i++) {
        await v.page.keyboard.type(', solo');
        await v.page.keyboard.press('Escape');
        await v.save();
        assert.equal(v.read('hangs.prompt'), '1girl, solo, long_hair' + ', solo'.repeat(i));
      }
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  step('fixes on save again once the server is back', async v => {
    await v.page.waitForSelector('.squiggly-warning');
    await v.focusEditor();
    await v.page.keyboard.press('Control+End');
    await v.page.keyboard.type(', smile');
    await v.page.keyboard.press('Escape');
    await v.save();
    assert.equal(v.read('hangs.prompt'), '1girl, solo, long hair, smile');
  });
});
