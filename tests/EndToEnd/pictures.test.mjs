// The pictures of the README and the walkthrough, so that they always show what is. KOHAKU_ACCEPT=1 makes them anew.
import assert from 'node:assert/strict';
import { picture, suite } from './suite.mjs';

const settings = {
  'workbench.colorTheme': 'Dark Modern', 'workbench.activityBar.location': 'hidden', 'breadcrumbs.enabled': false, 'editor.fontSize': 15,
  'editor.lineHeight': 24, 'window.menuBarVisibility': 'hidden', 'window.commandCenter': false, 'workbench.layoutControl.enabled': false,
  '[kohaku-prompt]': { 'editor.inlayHints.enabled': 'on' }, 'kohaku.codeLens.enabled': true,
};
const library = `1girl, hatsune miku, vocaloid, masterpiece, newest, safe,
solo, long_hair, twintails, (smile:1.2), pizza box, night sky
Negative prompt: worst quality, low quality, lowres
Steps: 28, Sampler: Euler a, CFG scale: 6, Seed: 42, Size: 832x1216
---
1boy, male focus, link, the legend of zelda, best quality, recent,
solo, pointy ears, blonde hair, ((forest)), sunlight
`;

suite('Pictures', { settings, viewport: { width: 1000, height: 420 }, files: { 'first.prompt': '1girl, solo', 'miku.prompt': library } }, step => {
  step('editor', async v => {
    await v.command('View: Close Primary Side Bar');
    await v.openFile('miku.prompt');
    await v.focusEditor();
    await v.page.waitForSelector('.squiggly-info');
    await v.poll('lenses', async () => await v.page.locator('.codelens-decoration').count() === 2);
    await v.poll('hints', async () => /×1\.21/.test(await v.text()));
    await picture(v, 'editor');
  });

  step('completion', async v => {
    await v.write({ 'completion.prompt': '1girl, hatsune miku, vocaloid, masterpiece, newest, safe,\nsolo, long hair, ' });
    await v.openFile('completion.prompt');
    await v.goto(2, 18);
    await v.typeUntilFirst('eyes blue', 'blue eyes');
    await v.page.keyboard.press('Control+Space');
    await v.page.waitForSelector('.suggest-details-container .suggest-details');
    await v.poll('the facts', async () => /1,4\d\d,\d{3} posts/.test(await v.page.locator('.suggest-details').innerText()));
    await picture(v, 'completion');
    await v.page.keyboard.press('Control+Space');
    await v.page.keyboard.press('Escape');
  });

  step('emphasis', async v => {
    v.write({ 'emphasis.prompt': '1girl, hatsune miku, vocaloid, masterpiece, newest, safe,\nsolo, twintails, pizza box, night sky' });
    await v.openFile('emphasis.prompt');
    await v.page.waitForSelector('.squiggly-info');
    await v.goto(2, 20);
    const fixes = await v.quickFixes();
    for (const title of ['Emphasise by 1.5', 'Emphasise by 2', 'Emphasise by 2.5', 'Wrap in emphasis']) { assert.ok(fixes.includes(title), `${title} among ${fixes}`); }
    await picture(v, 'emphasis');
    await v.page.keyboard.press('Escape');
  });

  step('tags', async v => {
    await v.openFile('miku.prompt');
    await v.command('Kohaku: Browse Tags');
    const page = v.webview();
    await page.locator('.search').fill('cat ears');
    await v.poll('cat ears', async () => (await page.locator('.row .label').first().innerText()) === 'cat ears');
    await page.locator('.row').first().click();
    await page.locator('.details .link', { hasText: 'animal ears' }).waitFor();
    await picture(v, 'tags');
  });
});
