// Images from the editor: the panel, the server and its worker with a scaled-down model, all real.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import { picture, suite } from './suite.mjs';
import { writeTinyCheckpoint } from './tinyCheckpoint.mjs';

const models = fs.mkdtempSync(path.join(os.tmpdir(), 'kohaku-models-'));
const model = path.join(models, 'kohaku-tiny.safetensors');
writeTinyCheckpoint(model);
after(() => fs.rmSync(models, { recursive: true }));

const library = `1girl, hatsune miku, vocaloid, masterpiece, newest, safe,
solo, long hair, twintails, smile, night sky
Negative prompt: worst quality, low quality, lowres
Steps: 240, Sampler: Euler a, CFG scale: 6, Seed: 42, Size: 256x384
---
1boy, male focus, solo
Steps: 2, Sampler: Euler, CFG scale: 1, Seed: 7, Size: 128x128
`;
const settings = { 'kohaku.codeLens.enabled': true };
const complaints = [];

suite('Generation', { files: { 'first.prompt': '1girl, solo', 'miku.prompt': library }, settings }, step => {
  const face = (v, name) => v.webview().locator(`.stage[data-face="${name}"]`).waitFor();
  const idle = v => v.webview().locator('.bar').waitFor({ state: 'hidden' });
  const count = v => v.webview().locator('.thumbnail').count();
  const generate = v => v.webview().locator('.row .button', { hasText: 'Generate' }).click();
  const images = v => fs.existsSync(path.join(v.workspace, 'out')) ? fs.readdirSync(path.join(v.workspace, 'out')).filter(name => name.endsWith('.png')) : [];
  const setSteps = async (v, steps) => {
    const input = v.webview().locator('.steps');
    await input.fill(steps);
    await input.press('Tab');
  };

  step('leads to a model where none is chosen', async v => {
    v.page.on('console', message => { if (/Content Security Policy|Refused to/.test(message.text())) { complaints.push(message.text()); } });
    await v.openFile('miku.prompt');
    await v.command('View: Close Primary Side Bar');
    await v.command('Kohaku: Show Generation');
    await face(v, 'no-model');
    await v.webview().locator('.stage .button', { hasText: 'Choose a model' }).click();
    const input = v.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
    // What is typed before the dialog has read its folder is lost.
    await v.poll('the dialog', async () => (await input.inputValue()).endsWith('/ws/'));
    await input.fill(model);
    await v.page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(model) }).waitFor();
    await v.page.locator('.quick-input-widget .monaco-button', { hasText: 'Use This Model' }).click();
    await face(v, 'empty');
    assert.match(await v.webview().locator('[aria-label="Model"]').innerText(), /kohaku-tiny/);
  });

  step('makes an image of the prompt under the cursor, from its lens', async v => {
    await v.focusEditor();
    await v.page.locator('.codelens-decoration a', { hasText: 'Generate' }).first().click();
    const preview = v.webview().locator('.stage .preview');
    await preview.waitFor({ timeout: 60_000 });
    const first = await preview.getAttribute('src');
    await v.poll('another preview', async () => await preview.count() === 0 || (await preview.getAttribute('src')) !== first);
    await v.shot('making');
    await picture(v, 'panel');
    await face(v, 'image');
    await idle(v);
    assert.equal(images(v).length, 1);
    assert.match(await v.webview().locator('.words').innerText(), /256 × 384 · seed 42/);
    const size = await v.webview().locator('.stage .picture').evaluate(it => it.decode().then(() => [it.naturalWidth, it.naturalHeight]));
    assert.deepEqual(size, [256, 384]);
  });

  step('cancels', async v => {
    await setSteps(v, '1000');
    await generate(v);
    await v.webview().locator('.words', { hasText: /step \d+ of 1000/ }).waitFor({ timeout: 60_000 });
    await v.shot('before-cancelling');
    await v.webview().locator('.row .button', { hasText: /^Cancel$/ }).click();
    await idle(v);
    assert.deepEqual([await count(v), images(v).length], [1, 1]);
    assert.equal(await v.webview().locator('.stage[data-face=failure]').count(), 0);
  });

  step('says what is in the way, with help, and goes on', async v => {
    await setSteps(v, '2');
    v.write({ 'odd.prompt': '1girl, solo\nSteps: 2, Seed: 1, Size: 100x100' });
    await v.openFile('odd.prompt');
    await v.command('Kohaku: Generate Image');
    await face(v, 'failure');
    assert.match(await v.webview().locator('.stage .notice h2').innerText(), /\d/);
    await v.shot('failure');
    await v.webview().locator('.stage .button', { hasText: 'Dismiss' }).click();
    await face(v, 'image');
  });

  step('makes an image of every prompt of a file', async v => {
    await v.openFile('miku.prompt');
    await v.command('Kohaku: Generate All Prompts of the File');
    await v.poll('two more images', async () => await count(v) === 3, 60_000);
    await idle(v);
    assert.match(await v.webview().locator('.words').innerText(), /128 × 128 · seed 7/);
  });

  step('keeps a seed with the lock, and draws one with the die', async v => {
    const page = v.webview();
    await page.locator('.group .icon-button').first().click();
    await v.poll('the seed', async () => (await page.locator('.seed').inputValue()) === '7');
    await page.locator('.group .icon-button').last().click();
    await page.locator('.seed[placeholder=random]').waitFor();
    await page.locator('.group .icon-button').last().click();
    await page.locator('.seed[placeholder=auto]').waitFor();
  });

  step('compares two images with a slider, by keyboard alone', async v => {
    const page = v.webview();
    await page.locator('.thumbnail[tabindex="0"]').focus();
    await v.page.keyboard.press('Space');
    await v.page.keyboard.press('ArrowRight');
    await v.page.keyboard.press('Space');
    await v.poll('two marks', async () => await page.locator('.thumbnail.marked').count() === 2);
    const outline = await page.locator('.thumbnail:focus').evaluate(it => getComputedStyle(it).outlineStyle);
    assert.equal(outline, 'solid');
    await v.page.keyboard.press('c');
    await face(v, 'compare');
    await page.locator('.slider').focus();
    await v.page.keyboard.press('Home');
    await page.locator('.slider[aria-valuetext^="0 percent"]').waitFor();
    await v.page.keyboard.press('PageUp');
    await v.shot('comparing');
    await v.page.keyboard.press('Escape');
    await face(v, 'image');
  });

  step('shows a tag at several weights, with one seed', async v => {
    await v.focusEditor();
    await v.gotoAfter('twintails, smi');
    await v.command('Kohaku: Compare With and Without the Tag');
    await face(v, 'series');
    await v.poll('four images', async () => await v.webview().locator('button.cell').count() === 4, 90_000);
    await idle(v);
    assert.deepEqual(await v.webview().locator('.cell span:last-child').allInnerTexts(), ['without', '1.0', '1.5', '2.0']);
    assert.match(await v.webview().locator('.series-title').innerText(), /smile · seed 42/);
  });

  step('opens the prompt of a dropped image', async v => {
    const [image] = images(v);
    const bytes = fs.readFileSync(path.join(v.workspace, 'out', image)).toString('base64');
    await v.webview().locator('main').evaluate((main, text) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], 'dropped.png', { type: 'image/png' }));
      main.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    }, bytes);
    await v.page.waitForSelector('.tab.active[data-resource-name^="Untitled"]');
    await v.poll('its prompt', async () => /hatsune miku|male focus/.test(await v.text()));
    assert.equal(await v.languageMode(), 'Kohaku Prompt');
  });

  step('still has its images after the window was loaded anew', async v => {
    const before = await count(v);
    await v.page.reload();
    await v.page.waitForSelector('.monaco-workbench .editor-group-container');
    await v.poll('the images', async () => await count(v) === before, 60_000);
    await v.webview().locator('.thumbnail').last().click();
    await face(v, 'image');
  });

  step('never asked for what its policy forbids', async () => assert.deepEqual(complaints, []));
});
