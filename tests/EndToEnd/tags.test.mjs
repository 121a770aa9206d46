// Finding tags elsewhere than in the text: the view, and the list of the palette.
import assert from 'node:assert/strict';
import { suite } from './suite.mjs';

suite('Tags', {}, step => {
  const first = page => page.locator('.row .label').first();

  step('shows the tag browser with what to do in it', async v => {
    await v.open('tags.prompt', '1girl, solo');
    await v.command('Kohaku: Browse Tags');
    await v.webview().locator('.search').waitFor();
  });

  step('searches as one types', async v => {
    const page = v.webview();
    await page.locator('.search').fill('hatsune');
    await v.poll('hatsune miku', async () => (await first(page).innerText()) === 'hatsune miku');
  });

  step('filters by category with the keyboard', async v => {
    const page = v.webview();
    await page.locator('.search').fill('blue');
    await page.locator('.filter[aria-checked=true]').focus();
    for (const category of ['general', 'character', 'series']) {
      await v.page.keyboard.press('ArrowRight');
      await page.locator('.filter[aria-checked=true]', { hasText: category }).waitFor();
    }
    await v.poll('series only', async () => (await first(page).innerText()) === 'blue archive');
    await v.page.keyboard.press('Home');
    await page.locator('.filter', { hasText: 'all' }).click();
  });

  step('says what a tag is and implies', async v => {
    const page = v.webview();
    await page.locator('.search').fill('cat ears');
    await v.poll('cat ears', async () => (await first(page).innerText()).startsWith('cat ears'));
    await page.locator('.row').first().click();
    await page.locator('.details h2', { hasText: 'cat ears' }).waitFor();
    assert.match(await page.locator('.details').innerText(), /general · [\d,]+ posts/);
    await page.locator('.details .link', { hasText: 'animal ears' }).waitFor();
  });

  step('follows an implied tag', async v => {
    const page = v.webview();
    await page.locator('.details .link', { hasText: 'animal ears' }).first().click();
    await page.locator('.details h2', { hasText: /^animal ears$/ }).waitFor();
  });

  step('inserts at the cursor as the model wants it', async v => {
    await v.focusEditor();
    await v.page.keyboard.press('Control+End');
    const page = v.webview();
    await page.locator('.search').fill('long_hair');
    await v.poll('long hair', async () => (await first(page).innerText()) === 'long hair');
    await page.locator('.search').press('Enter');
    await v.poll('the tag', async () => /^1girl, solo, long hair/.test(await v.text()));
    await v.focusEditor();
    await v.save();
    assert.match(v.read('tags.prompt'), /^1girl, solo, long hair(, )?$/);
  });

  step('says that nothing is like it', async v => {
    const page = v.webview();
    await page.locator('.search').fill('zzqqxxyy');
    await page.locator('.notice', { hasText: 'No tag is like' }).waitFor();
    await page.locator('.search').fill('');
  });

  step('searches tags from the palette and inserts one', async v => {
    await v.open('palette.prompt', '1girl, ');
    await v.goto(1, 8);
    await v.page.keyboard.press('Control+Shift+Space');
    const rows = v.page.locator('.quick-input-list .monaco-list-row');
    await v.page.locator('.quick-input-box input').fill('eyes blue');
    await v.poll('blue eyes', async () => await rows.count() > 0 && /blue eyes/.test(await rows.first().innerText()));
    await v.shot('palette');
    await v.page.keyboard.press('Enter');
    await v.poll('the tag', async () => /^1girl, blue eyes/.test(await v.text()));
    await v.focusEditor();
    await v.save();
  });

  step('knows when no prompt is open', async v => {
    await v.command('View: Close All Editors');
    await v.command('Kohaku: Browse Tags');
    const page = v.webview();
    await page.locator('.search').fill('solo');
    await v.poll('solo', async () => (await first(page).innerText()) === 'solo');
    await page.locator('.search').press('Enter');
    await page.locator('.notice', { hasText: 'No prompt is open' }).waitFor();
    await page.locator('.notice .button', { hasText: 'New prompt' }).click();
    await v.page.waitForSelector('.tab.active[data-resource-name^="Untitled"]');
    assert.equal(await v.languageMode(), 'Kohaku Prompt');
    await page.locator('.notice', { hasText: 'No prompt is open' }).waitFor({ state: 'detached' });
  });
});
