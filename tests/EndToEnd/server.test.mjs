// The language server's life as one sees it: state, settings that change, a server that is killed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { suite } from './suite.mjs';

suite('Server', {}, step => {
  const squiggles = v => v.page.locator('.monaco-editor .squiggly-warning').count();

  step('counts tokens in the status bar as one types', async v => {
    await v.open('status.prompt', '1girl, solo');
    const before = await v.waitStatus(/Delta · \d+\/75/);
    await v.page.keyboard.press('Control+End');
    await v.page.keyboard.type(', a very long hair indeed');
    await v.page.keyboard.press('Escape');
    await v.poll('more tokens', async () => { const now = await v.status().innerText(); return /Delta/.test(now) && now.trim() !== before; });
  });

  step('says in the tooltip what it works with', async v => {
    await v.status().hover();
    const tooltip = v.page.locator('.monaco-hover:not(.hidden)', { hasText: 'Model' });
    await tooltip.waitFor();
    const text = await tooltip.innerText();
    assert.match(text, /Prompt 1 of 1/);
    assert.match(text, /Tags: [\d,]+/);
    await v.shot('tooltip');
  });

  step('warns in the status bar of a finding', async v => {
    await v.open('warned.prompt', '1girl, long_hair');
    await v.poll('the icon', async () => await v.status().locator('.codicon-warning').count() === 1);
  });

  step('takes a rule off when the settings say so', async v => {
    await v.open('rule.prompt', '1girl, long_hair, solo');
    await v.page.waitForSelector('.squiggly-warning');
    v.write({ '.vscode/settings.json': JSON.stringify({ 'kohaku.rules': { 'underscore-in-tag': 'none' } }) });
    await v.poll('no squiggle', async () => await squiggles(v) === 0);
    v.write({ '.vscode/settings.json': '{}' });
    await v.page.waitForSelector('.squiggly-warning');
  });

  step('takes a rule off when kohaku.json says so', async v => {
    v.write({ 'kohaku.json': '{ "rules": { "underscore-in-tag": "none" } }' });
    await v.poll('no squiggle', async () => await squiggles(v) === 0);
    fs.rmSync(path.join(v.workspace, 'kohaku.json'));
    await v.page.waitForSelector('.squiggly-warning');
  });

  step('starts again when it is killed', async v => {
    const [before] = v.languageServers();
    process.kill(before, 'SIGKILL');
    await v.poll('another server', () => { const now = v.languageServers(); return now.length === 1 && now[0] !== before; });
    await v.page.waitForSelector('.squiggly-warning');
    await v.waitStatus(/Delta · \d+\/75/);
    await v.focusEditor();
    await v.goto(1, 10);
    await v.chooseQuickFix('Write `long hair`');
    await v.waitText('1girl, long hair, solo');
  });

  step('gives up with one message when it is killed again and again', async v => {
    for (let kills = 0; kills < 4; kills++) {
      const [pid] = await v.poll('a server', () => { const all = v.languageServers(); return all.length > 0 && all; }, 30_000);
      process.kill(pid, 'SIGKILL');
      await v.poll('its end', () => !v.languageServers().includes(pid));
    }
    const toast = await v.toast('ended several times');
    assert.equal(await v.page.locator('.notifications-toasts .notification-list-item').count(), 1);
    assert.deepEqual(await toast.locator('.monaco-button').allInnerTexts(), ['Show Log', 'Restart', 'Open Settings']);
    assert.equal((await v.status().innerText()).trim(), 'Kohaku');
    await v.shot('gave-up');
    await toast.locator('.monaco-button', { hasText: 'Restart' }).click();
    await v.waitStatus(/Delta · \d+\/75/);
  });

  step('restarts when asked', async v => {
    const [before] = v.languageServers();
    await v.command('Kohaku: Restart Language Server');
    await v.poll('another server', () => { const now = v.languageServers(); return now.length === 1 && now[0] !== before; });
    await v.waitStatus(/Delta · \d+\/75/);
  });

  step('opens its settings, each described', async v => {
    await v.command('Kohaku: Open Settings');
    await v.page.locator('.settings-editor .setting-item-title', { hasText: 'Profile' }).first().waitFor();
  });
});
