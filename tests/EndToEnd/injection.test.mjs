// What is in names of files and models, in prompts and in images is text wherever it is shown; the page runs no script and loads nothing that is not its own.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { after } from 'node:test';
import { suite } from './suite.mjs';
import { writeTinyCheckpoint } from './tinyCheckpoint.mjs';

// Names of files hold no slash: what they would load is the page's own address with a name behind it.
const markup = '<img src=x onerror=window.hacked=1>';
const models = fs.mkdtempSync(path.join(os.tmpdir(), 'kohaku-models-'));
const model = path.join(models, `${markup}.safetensors`);
writeTinyCheckpoint(model);
after(() => fs.rmSync(models, { recursive: true }));

const name = `${markup}.prompt`;
const library = `1girl, <img src=https://elsewhere.example/a.png onerror=window.hacked=1>, <script>window.hacked=1</script>, solo
Steps: 1, Sampler: Euler, CFG scale: 1, Seed: 7, Size: 64x64`;

/** A PNG with A1111's parameters, of one pixel. */
function png(parameters) {
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
    chunk('tEXt', Buffer.from(`parameters\0${parameters}`, 'latin1')), chunk('IDAT', zlib.deflateSync(Buffer.alloc(4))), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) { sum = sum & 1 ? (sum >>> 1) ^ 0xEDB88320 : sum >>> 1; }
  }
  return ~sum >>> 0;
}

suite('Injection', { files: { 'first.prompt': '1girl, solo', [name]: library } }, step => {
  const main = v => v.webview().locator('main');
  const clean = async v => {
    assert.equal(await main(v).evaluate(() => window.hacked), undefined);
    assert.deepEqual(await main(v).evaluate(it => [...it.querySelectorAll('script, iframe, object, img:not([src=""]):not([src^="data:"])')].map(found => found.getAttribute('src')).filter(src => !/^https:\/\/[\w.+%-]*vscode-(resource|cdn)[\w.+-]*\//.test(src))), []);
  };

  step('comes with the licences of what is in it', async v => {
    const extensions = path.join(v.root, 'extensions');
    const own = path.join(extensions, fs.readdirSync(extensions).find(it => it.startsWith('kohaku.kohaku-lsp-')));
    const notices = fs.readFileSync(path.join(own, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    assert.equal(notices, fs.readFileSync(path.resolve(import.meta.dirname, '../../THIRD-PARTY-NOTICES.md'), 'utf8'));
    assert.ok(fs.readdirSync(path.join(own, 'server', 'notices')).includes('Microsoft.ML.OnnxRuntime.txt'));
    assert.deepEqual(['LICENSE', 'LICENSE.txt'].filter(it => fs.existsSync(path.join(own, it))).length, 1);
    // What building and debugging want stays at home: in .vscodeignore a name that is let in cannot be put out again.
    assert.deepEqual(fs.readdirSync(path.join(own, 'dist'), { recursive: true }).filter(it => it.endsWith('.map') || it.endsWith('bundled.json')), []);
  });

  step('shows markup in names as text', async v => {
    v.setMachineSettings({ 'kohaku.generate.model': model, 'kohaku.generate.modelFolders': [models] });
    await v.openFile(name);
    await v.command('Kohaku: Generate Image');
    await v.webview().locator('.stage[data-face="image"]').waitFor({ timeout: 60_000 });
    // Files of images are named without what some system forbids.
    assert.ok((await v.webview().locator('.which').innerText()).includes('_img src=x onerror=window.hacked=1_'));
    assert.ok((await v.webview().locator('[aria-label="Model"]').innerText()).includes(markup));
    await clean(v);
  });

  step('shows markup in what went wrong as text', async v => {
    v.write({ [`${markup}2.prompt`]: '1girl\nSteps: 1, Seed: 1, Size: 100x100' });
    await v.openFile(`${markup}2.prompt`);
    await v.command('Kohaku: Generate Image');
    await v.webview().locator('.stage[data-face="failure"]').waitFor();
    await clean(v);
    await v.webview().locator('.stage .button', { hasText: 'Dismiss' }).click();
  });

  step('opens the prompt of a dropped image as text', async v => {
    await main(v).evaluate((it, text) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], '<img src=x onerror=window.hacked=1>.png', { type: 'image/png' }));
      it.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
    }, png(library).toString('base64'));
    await v.page.waitForSelector('.tab.active[data-resource-name^="Untitled"]');
    await v.poll('its prompt', async () => (await v.text()).includes('<script>window.hacked=1</script>'));
    await clean(v);
  });

  step('runs no script and loads no image that someone gets into the page', async v => {
    const refused = await main(v).evaluate(it => new Promise(resolve => {
      const seen = new Set();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        seen.add(effectiveDirective);
        if (seen.size === 6) { resolve([...seen].sort()); }
      });
      const add = (kind, attributes, text = '') => {
        const made = document.createElement(kind);
        for (const [key, value] of Object.entries(attributes)) { made.setAttribute(key, value); }
        made.textContent = text;
        it.append(made);
        return made;
      };
      add('script', {}, 'window.hacked = 1');
      add('button', { onclick: 'window.hacked = 1' }).click();
      add('img', { src: 'https://elsewhere.example/a.png' });
      add('style', {}, 'main { display: none }');
      add('iframe', { src: 'https://elsewhere.example/' });
      fetch('https://elsewhere.example/').catch(() => undefined);
    }));
    assert.deepEqual(refused, ['connect-src', 'frame-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem']);
    assert.equal(await main(v).evaluate(() => window.hacked), undefined);
  });
});
