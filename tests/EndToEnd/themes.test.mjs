// The samples in a dark, a light and a high-contrast theme: each kind of word has a colour that can be read and told apart.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { exactly, suite } from './suite.mjs';

const samples = path.resolve(import.meta.dirname, '../../samples');
const names = ['clean', 'hazards', 'parameters', 'structure', 'text'];
const files = { 'first.prompt': '1girl, solo', ...Object.fromEntries(names.map(name => [`${name}.prompt`, fs.readFileSync(path.join(samples, `${name}.prompt`), 'utf8')])) };
const settings = theme => ({ 'workbench.colorTheme': theme, '[kohaku-prompt]': { 'editor.inlayHints.enabled': 'on' }, 'kohaku.codeLens.enabled': true });

/** WCAG's contrast of two colours, as `rgb(r, g, b)`. */
function contrast(one, other) {
  const luminance = colour => {
    const [r, g, b] = colour.match(/\d+/g).map(Number).map(c => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

for (const [theme, least] of [['Dark Modern', 4.5], ['Light Modern', 4.5], ['Default High Contrast', 7]]) {
  suite(theme, { settings: settings(theme), files }, step => {
    step('colours each kind of word apart, and legibly', async v => {
      await v.openFile('clean.prompt');
      const background = await v.poll('the background', () => v.page.locator('.monaco-editor-background').first().evaluate(it => getComputedStyle(it).backgroundColor));
      const colourOf = text => v.page.locator('.view-lines .view-line > span > span', { hasText: exactly(text) }).first()
        .evaluate(it => getComputedStyle(it).color);
      const kinds = { people: '1girl', character: 'hatsune miku', series: 'vocaloid', artist: 'ebifurya', general: 'twintails', weight: '1.5' };
      const colours = await v.poll('colours', async () => {
        const all = Object.fromEntries(await Promise.all(Object.entries(kinds).map(async ([kind, text]) => [kind, await colourOf(text)])));
        // A line that is drawn anew between the look and the answer has no colour.
        return Object.values(all).every(Boolean) && all.people !== all.general && all.artist !== all.general && all;
      });
      for (const [kind, colour] of Object.entries(colours)) {
        assert.ok(contrast(colour, background) >= least, `${kind}: ${colour} on ${background}`);
      }
    });
    for (const name of names) {
      step(`shows ${name}.prompt`, async v => {
        await v.openFile(`${name}.prompt`);
        await v.page.waitForSelector('.codelens-decoration');
      });
    }
    step('shows the tag browser', async v => {
      await v.command('Kohaku: Browse Tags');
      await v.webview().locator('.search').fill('cat ears');
      await v.webview().locator('.row').first().click();
      await v.webview().locator('.details h2').waitFor();
    });
  });
}
