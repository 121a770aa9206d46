// Renders icons/kohaku.svg to the PNG that VS Code wants of an extension (256 × 256, transparent). Run after the SVG changed:
//   npm run icon            (CHROMIUM names the browser; /usr/bin/chromium without it)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const icons = path.resolve(import.meta.dirname, '../icons');
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'kohaku-icon-'));
try {
  const svg = fs.readFileSync(path.join(icons, 'kohaku.svg'), 'utf8');
  const page = path.join(scratch, 'icon.html');
  fs.writeFileSync(page, `<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`);
  execFileSync(chromium, [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--hide-scrollbars', `--user-data-dir=${path.join(scratch, 'profile')}`,
    '--default-background-color=00000000', '--force-device-scale-factor=1', '--window-size=256,256',
    `--screenshot=${path.join(icons, 'kohaku.png')}`, `file://${page}`,
  ], { stdio: 'pipe' });
} finally {
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
