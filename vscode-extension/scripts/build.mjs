// Bundles the extension and the pages of its views into dist/; with --tests also the unit tests into out/test/.
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const here = path.resolve(import.meta.dirname, '..');
process.chdir(here);
fs.rmSync('dist', { recursive: true, force: true });
fs.mkdirSync('dist');
fs.copyFileSync('../data/schema/kohaku.schema.json', 'dist/kohaku.schema.json');

const common = { bundle: true, logLevel: 'warning', minify: true, sourcemap: true, metafile: true };
const made = [await build({ ...common, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] })];
for (const [page, folder] of [['tagBrowser', 'src/webview'], ['generation', 'src/webview/generation']]) {
  made.push(await build({ ...common, entryPoints: { page: `${folder}/page.ts` }, outdir: `dist/${page}`, platform: 'browser', format: 'iife', target: 'es2022' }));
  made.push(await build({ ...common, entryPoints: { page: `${folder}/page.css` }, outdir: `dist/${page}`, loader: { '.ttf': 'file' }, assetNames: '[name]' }));
}

// The packages in the bundles, for .ci/licences.mjs.
const packages = made.flatMap(({ metafile }) => Object.keys(metafile.inputs)).map(file => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean);
fs.writeFileSync('dist/bundled.json', JSON.stringify([...new Set(packages)].sort()));

if (process.argv.includes('--tests')) {
  fs.rmSync('out', { recursive: true, force: true });
  const tests = fs.readdirSync('test').filter(name => name.endsWith('.test.ts')).map(name => `test/${name}`);
  await build({ bundle: true, logLevel: 'warning', sourcemap: 'inline', entryPoints: tests, outdir: 'out/test', platform: 'node', format: 'cjs', target: 'node20',
    external: ['vscode', 'vscode-oniguruma', 'vscode-textmate'] });
}
