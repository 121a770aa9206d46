// Makes the .vsix of one platform, with the native language server and its data in it:
//   npm run package                     linux-x64, on Linux x64
//   npm run package:linux-arm64         on Linux arm64
//   npm run package:win-x64             on Windows x64
//   npm run package:osx-arm64           on macOS arm64
// Ahead-of-time compilation does not cross operating systems, so each is made on its own kind of machine. `--no-publish` takes what
// artifacts/kohaku holds as it is (continuous integration has just published it).
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const root = path.resolve(here, '..');
const targets = {
  'linux-x64': { platform: 'linux', arch: 'x64', vsce: 'linux-x64', machine: 'Linux x64' },
  'linux-arm64': { platform: 'linux', arch: 'arm64', vsce: 'linux-arm64', machine: 'Linux arm64' },
  'win-x64': { platform: 'win32', arch: 'x64', vsce: 'win32-x64', machine: 'Windows x64' },
  'osx-arm64': { platform: 'darwin', arch: 'arm64', vsce: 'darwin-arm64', machine: 'macOS arm64' },
};

const args = process.argv.slice(2);
const name = args[args.indexOf('--target') + 1];
const target = targets[name];
if (!args.includes('--target') || target === undefined) {
  fail(`Which platform: --target ${Object.keys(targets).join(' | ')}`);
}
if (process.platform !== target.platform || process.arch !== target.arch) {
  fail(`${name} is made on ${target.machine}: native compilation does not cross from ${process.platform} ${process.arch}. Run npm run package:${name} there.`);
}

const published = path.join(root, 'artifacts', 'kohaku');
if (!args.includes('--no-publish')) {
  run('dotnet', ['publish', path.join(root, 'src', 'Kohaku.Cli'), '-c', 'Release', '-r', name, '-o', published, '--nologo', '-v', 'quiet'], root);
}
const program = target.platform === 'win32' ? 'kohaku.exe' : 'kohaku';
if (!fs.existsSync(path.join(published, program))) {
  fail(`${path.relative(root, path.join(published, program))} is missing: npm run publish, or leave --no-publish out.`);
}

const server = path.join(here, 'server');
fs.rmSync(server, { recursive: true, force: true });
// Symbols are for the machine that debugs, not for the package.
fs.cpSync(published, server, { recursive: true, filter: file => !/\.(pdb|dbg|dSYM)$/.test(file) });
for (const file of ['LICENSE', 'THIRD-PARTY-NOTICES.md']) { fs.copyFileSync(path.join(root, file), path.join(here, file)); }
pictures();
run(process.execPath, [path.join(here, 'scripts', 'make-manifest.mjs'), '--check'], here);
run(process.execPath, [path.join(here, 'scripts', 'build.mjs')], here);
const vsix = path.join(root, 'artifacts', `kohaku-lsp-${name}.vsix`);
run(process.execPath, [path.join(here, 'node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--target', target.vsce, '--no-dependencies', '--no-rewrite-relative-links', '--out', vsix], here);
console.log(`${path.relative(process.cwd(), vsix)}  ${(fs.statSync(vsix).size / 2 ** 20).toFixed(1)} MB`);

/** The walkthrough shows the README's pictures, which the end-to-end tests make. */
function pictures() {
  for (const picture of ['editor', 'completion', 'emphasis', 'tags', 'panel']) {
    const from = path.join(root, 'docs', 'images', `${picture}.png`);
    if (!fs.existsSync(from)) {
      fail(`${path.relative(root, from)} is missing; the end-to-end tests make it.`);
    }
    fs.copyFileSync(from, path.join(here, 'walkthrough', `${picture}.png`));
  }
}

function run(command, commandArgs, cwd) {
  try {
    execFileSync(command, commandArgs, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    fail(`${path.basename(command)} ${path.basename(commandArgs[0])} failed:\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
