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
  const face = (v, name) => v.webview().locator(`.stage[data-face="${name}"]`).waitFor({ timeout: 120_000 });
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

  step('says once that the worker crashed, and makes the next image', async v => {
    await setSteps(v, '1000');
    await generate(v);
    await v.webview().locator('.words', { hasText: /step [1-9]\d* of 1000/ }).waitFor({ timeout: 60_000 });
    const [worker, ...others] = v.workers();
    assert.deepEqual(others, []);
    process.kill(worker, 'SIGKILL');
    await face(v, 'failure');
    await idle(v);
    const notices = v.webview().locator('.notice');
    assert.equal(await notices.count(), 1);
    assert.match(await notices.innerText(), /^The worker that makes images ended unexpectedly with exit code 137\.\s+Generate again: a new worker is started\./);
    assert.equal(await v.page.locator('.notifications-toasts .notification-list-item-message').count(), 0, 'the panel says it, and nothing else');
    await v.shot('crashed');
    assert.equal(await count(v), 1);
    await setSteps(v, '2');
    await v.webview().locator('.stage .button', { hasText: 'Dismiss' }).click();
    await generate(v);
    await v.poll('another image', async () => await count(v) === 2, 60_000);
    await idle(v);
    assert.notDeepEqual(v.workers(), [worker]);
    await v.webview().locator('.thumbnail').first().focus();
    await v.page.keyboard.press('Delete');
    await v.poll('one image', async () => await count(v) === 1);
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
    const shapes = await v.webview().locator('.thumbnail img').evaluateAll(all => all.map(it => (it.clientWidth / it.clientHeight).toFixed(1)));
    assert.deepEqual(shapes, ['1.0', '0.7', '0.7'], 'thumbnails have the shape of their images');
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

  step('can be used by keyboard alone, each control with a name and a visible focus', async v => {
    const page = v.webview();
    await page.locator('.cell, .thumbnail').last().click();
    await v.page.keyboard.press('Escape');
    await page.locator('.seed').focus();
    const seen = [];
    for (let i = 0; i < 12; i++) {
      seen.push(await page.locator(':focus').evaluate(it => {
        const { outlineStyle, outlineWidth, borderColor } = getComputedStyle(it);
        const name = it.getAttribute('aria-label') ?? it.closest('label')?.querySelector('span')?.textContent ?? it.textContent;
        return { name, ring: (outlineStyle !== 'none' && outlineWidth !== '0px') || borderColor === getComputedStyle(document.documentElement).getPropertyValue('--vscode-focusBorder') };
      }));
      if (seen.at(-1).name === 'Generate') { break; }
      await v.page.keyboard.press('Tab');
    }
    assert.deepEqual(seen.map(({ name }) => name).filter(name => name !== 'Keep the seed of this image'), ['Seed', 'A new random seed each time', 'Size', 'Model', 'Sampler', 'Steps', 'Generate']);
    assert.deepEqual(seen.filter(({ ring }) => !ring), []);
    const unnamed = await page.locator('button, input, select').evaluateAll(all => all.filter(it => !(it.getAttribute('aria-label') ?? it.closest('label')?.textContent ?? it.textContent).trim()).length);
    assert.equal(unnamed, 0);
  });

  step('copies the parameters of an image, and opens it as a prompt', async v => {
    const page = v.webview();
    await page.locator('.thumbnail').last().click();
    await face(v, 'image');
    await page.locator('[aria-label="Copy parameters"]').click();
    await v.page.locator('.statusbar-item', { hasText: 'parameters copied' }).waitFor();
    await page.locator('[aria-label="Open as prompt"]').click();
    await v.poll('its prompt', async () => /hatsune miku/.test(await v.text()));
    await page.locator('[aria-label="Reveal the file"]').click();
    await v.page.locator('.explorer-folders-view .monaco-list-row.focused, .explorer-folders-view .monaco-list-row.selected', { hasText: /miku-42.*\.png/ }).waitFor();
    await v.command('View: Close Primary Side Bar');
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

  for (const theme of ['Light Modern', 'Default High Contrast', 'Default High Contrast Light']) {
    step(`can be read in ${theme}`, async v => {
      v.setSettings({ 'workbench.colorTheme': theme });
      await v.page.reload();
      await v.page.waitForSelector('.monaco-workbench .editor-group-container');
      const kind = /Contrast Light/.test(theme) ? 'vscode-high-contrast-light' : /Contrast/.test(theme) ? 'vscode-high-contrast' : 'vscode-light';
      await v.webview().locator(`body.${kind}`).waitFor();
      await v.shot(`image in ${theme}`);
      await v.openFile('odd.prompt');
      await v.command('Kohaku: Generate Image');
      await face(v, 'failure');
      await v.shot(`failure in ${theme}`);
      await v.webview().locator('.stage .button', { hasText: 'Dismiss' }).click();
      await face(v, 'image');
    });
  }

  step('tells of a model that is none where the prompt begins', async v => {
    const style = path.join(models, 'style.safetensors');
    const header = Buffer.from(JSON.stringify({ 'lora_unet_a.alpha': { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }));
    fs.writeFileSync(style, Buffer.concat([Buffer.from(new BigUint64Array([BigInt(header.length)]).buffer), header, Buffer.alloc(2)]));
    assert.deepEqual(v.machineSettings(), { 'kohaku.generate.model': model }, 'what the dialog chose belongs to the machine that the server runs on');
    v.setMachineSettings({ 'kohaku.generate.model': style });
    await v.openFile('first.prompt');
    const problem = await v.poll('the problem', async () => (await v.problems()).find(it => it.includes('kohaku.generate.model')));
    assert.match(problem, /style\.safetensors is not SDXL: it looks like a LoRA/);
    await v.shot('model');
  });

  step('never asked for what its policy forbids', async () => assert.deepEqual(complaints, []));
});
