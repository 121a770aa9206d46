// Writes THIRD-PARTY-NOTICES.md: what the lock files name, with its licence, and the texts that go with what ships. With --check it only says whether the
// file is as it would be written. Needs what `.ci/setup tests` and a restore have put in place.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'THIRD-PARTY-NOTICES.md');
const packages = process.env.NUGET_PACKAGES ?? path.join(os.homedir(), '.nuget', 'packages');
const readJson = file => JSON.parse(fs.readFileSync(file, 'utf8'));
const byName = (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en');

// Licences that a package gives as a file, or by an address, read once by a person.
const read = {
  'Microsoft.ML.OnnxRuntime': 'MIT', 'Microsoft.ML.OnnxRuntime.Managed': 'MIT', 'CommandLineParser': 'MIT', 'Microsoft.DotNet.PlatformAbstractions': 'MIT',
  'xunit.abstractions': 'Apache-2.0', 'httpolyglot': 'MIT', '@vscode/vsce-sign': 'LicenseRef-Microsoft',
};
// What the packages of native libraries carry besides their own code.
const within = {
  'Microsoft.ML.OnnxRuntime': 'ONNX Runtime (libonnxruntime, libonnxruntime_providers_shared)',
  'SkiaSharp.NativeAssets.Linux.NoDependencies': 'Skia (libSkiaSharp), BSD-3-Clause', 'SkiaSharp.NativeAssets.macOS': 'Skia (libSkiaSharp), BSD-3-Clause', 'SkiaSharp.NativeAssets.Win32': 'Skia (libSkiaSharp), BSD-3-Clause',
  'SQLitePCLRaw.lib.e_sqlite3': 'SQLite (libe_sqlite3), in the public domain',
  'Microsoft.DotNet.ILCompiler': 'the .NET runtime and its libraries, compiled into the program',
};

function nuget() {
  const found = new Map();
  const locks = execFileSync('git', ['ls-files', '*packages.lock.json'], { cwd: root, encoding: 'utf8' }).trim().split('\n').sort();
  for (const lock of locks) {
    for (const framework of Object.values(readJson(path.join(root, lock)).dependencies)) {
      for (const [name, { type, resolved: version }] of Object.entries(framework)) {
        const key = `${name} ${version}`;
        if (type !== 'Project' && !found.has(key)) { found.set(key, { name, version, ships: lock.startsWith('src/'), ...nuspec(name, version) }); }
      }
    }
  }
  return [...found.values()].map(it => ({ ...it, ships: it.ships && (!it.isTool || it.name in within) })).sort(byName);
}

function nuspec(name, version) {
  const folder = path.join(packages, name.toLowerCase(), version.toLowerCase());
  const file = path.join(folder, `${name.toLowerCase()}.nuspec`);
  if (!fs.existsSync(file)) { fail(`${file} is missing: dotnet restore KohakuLsp.sln`); }
  const text = fs.readFileSync(file, 'utf8');
  const tag = tag => new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`).exec(text)?.[1].trim();
  const licence = /<license type="expression">([^<]+)</.exec(text)?.[1] ?? read[name];
  const copyright = tag('copyright');
  return {
    licence: licence ?? fail(`${name} ${version} names no licence: read it, and add it to .ci/licences.mjs`), folder,
    isTool: tag('developmentDependency') === 'true' || name === 'Microsoft.NET.ILLink.Tasks',
    // A year alone tells of nobody.
    copyright: copyright === undefined || /^[\d-]*$/.test(copyright) ? `Copyright (c) ${[copyright, tag('authors')].filter(Boolean).join(' ')}` : copyright.replaceAll('&#169;', '©'),
  };
}

/** Packages of a folder's lock file; those ship that are in the bundles. */
function npm(folder, bundled) {
  const { packages: locked } = readJson(path.join(root, folder, 'package-lock.json'));
  return Object.entries(locked).filter(([at]) => at !== '').map(([at, { version, license }]) => {
    const name = at.split('node_modules/').at(-1);
    // A licence that is a file is not among SPDX's names.
    const licence = license === undefined || license.startsWith('SEE ') ? read[name] ?? read[Object.keys(read).find(key => name.startsWith(`${key}-`))] : license;
    return { name, version, licence: licence ?? fail(`${name} ${version} names no licence: read it, and add it to .ci/licences.mjs`), ships: bundled.has(at), folder: path.join(root, folder, at) };
  }).filter((it, i, all) => all.findIndex(other => other.name === it.name && other.version === it.version) === i).sort(byName);
}

/** What esbuild has put into the extension's scripts and pages. */
function bundled() {
  const extension = path.join(root, 'vscode-extension');
  if (!fs.existsSync(path.join(extension, 'node_modules'))) { fail('vscode-extension/node_modules is missing: bash .ci/setup tests'); }
  execFileSync(process.execPath, [path.join(extension, 'scripts', 'build.mjs')], { cwd: extension, stdio: ['ignore', 'ignore', 'inherit'] });
  return new Set(readJson(path.join(extension, 'dist', 'bundled.json')));
}

const licenceFile = folder => fs.readdirSync(folder).filter(name => /^licen[cs]e(-code)?(\.(md|txt))?$/i.test(name)).sort();

/** The text that its package carries; for one that names its licence only, the licence's own text below its copyright. */
function texts(it) {
  const files = licenceFile(it.folder);
  if (files.length > 0) { return files.map(file => plain(fs.readFileSync(path.join(it.folder, file), 'utf8'))); }
  const text = standard[it.licence] ?? fail(`${it.name} ${it.version} carries no licence text, and .ci/licences.mjs has none for ${it.licence}`);
  return [it.licence === 'Apache-2.0' ? `${it.copyright}\n\nLicensed under the Apache License, Version 2.0, whose text stands at the end of this file.` : `${it.copyright}\n\n${text}`];
}

const plain = text => text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n').split('\n').map(line => line.trimEnd()).join('\n').trim();

const standard = {
  MIT: plain(fs.readFileSync(path.join(root, 'LICENSE'), 'utf8')).split('\n\n').slice(2).join('\n\n'),
  'BSD-3-Clause': plain(fs.readFileSync(path.join(import.meta.dirname, 'licences', 'BSD-3-Clause.txt'), 'utf8')),
  'Apache-2.0': plain(fs.readFileSync(path.join(import.meta.dirname, 'licences', 'Apache-2.0.txt'), 'utf8')),
};

const table = (rows, extra) => ['| package | version | licence |' + (extra ? ' holds |' : ''), '|---|---|---|' + (extra ? '---|' : ''),
  ...rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |` + (extra ? ` ${within[name] ?? ''} |` : ''))].join('\n');

function write() {
  const all = nuget();
  const own = npm('vscode-extension', bundled());
  const tools = [...own.filter(it => !it.ships), ...npm('tests/EndToEnd', new Set()), ...npm('tests/Protocol', new Set())];
  const npmTools = tools.filter((it, i) => tools.findIndex(other => other.name === it.name && other.version === it.version) === i).sort(byName);
  const shipping = [...all.filter(it => it.ships), ...own.filter(it => it.ships)];
  // Packages of one text share it.
  const groups = new Map();
  for (const it of shipping) {
    for (const text of texts(it)) { groups.set(text, [...groups.get(text) ?? [], it.name]); }
  }
  const notices = [...groups].map(([text, names]) => `### ${[...new Set(names)].join(', ')}\n\n${text.split('\n').map(line => line === '' ? '' : `    ${line}`).join('\n')}`);
  return `# Third parties

KohakuLsp is under the [MIT licence](LICENSE). This is what it is made with, as the lock files name it. The file is written by \`npm run licences\`.

Tag facts and CLIP's vocabulary have pages of their own on where they come from, in \`data\` of the source. \`kohaku gpu install\` fetches Microsoft.ML.OnnxRuntime.Gpu (MIT), which is not among what ships.

## In the program

Beside the program, \`notices\` holds what these packages say themselves of third parties within them.

${table(all.filter(it => it.ships), true)}

## In the VS Code extension

${table(own.filter(it => it.ships))}

## To build and to test

None of it ships.

${table(all.filter(it => !it.ships))}

From npm:

${table(npmTools)}

## Texts

${notices.join('\n\n')}

### Apache License, Version 2.0

${standard['Apache-2.0'].split('\n').map(line => line === '' ? '' : `    ${line}`).join('\n')}
`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const text = write();
if (!process.argv.includes('--check')) {
  fs.writeFileSync(target, text);
} else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text) {
  fail('THIRD-PARTY-NOTICES.md is not what the lock files say: npm run licences');
}
