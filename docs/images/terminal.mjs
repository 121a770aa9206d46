// Draws what a command printed to a terminal as an SVG picture:
//   script -qec "artifacts/kohaku/kohaku lint docs/images/miku.prompt" /dev/null | node docs/images/terminal.mjs > docs/images/lint.svg
//   script -qec "artifacts/kohaku/kohaku tags search hatsune -n 6" /dev/null | node docs/images/terminal.mjs > docs/images/tags.svg
import { readFileSync } from 'node:fs';

const palette = ['#45475a', '#e06c75', '#98c379', '#e8a33d', '#61afef', '#c678dd', '#56b6c2', '#d7dae0'];
const escapeXml = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const lines = readFileSync(0, 'utf8').replace(/\r/g, '').replace(/\x1b\][^\x07]*\x07|\x1b\[\?[0-9]+[hl]|\x1b[=>]/g, '').replace(/\n+$/, '').split('\n');
const cell = { width: 8.4, height: 19 };
let style = {};

function colour(codes) {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.dim = true;
    else if (code === 22) style.bold = style.dim = false;
    else if (code === 39) style.fill = undefined;
    else if (code >= 30 && code <= 37) style.fill = palette[code - 30];
    else if (code >= 90 && code <= 97) style.fill = palette[code - 90];
    else if (code === 38 && codes[i + 1] === 2) { style.fill = `rgb(${codes.slice(i + 2, i + 5).join(',')})`; i += 4; }
    else if (code === 38 && codes[i + 1] === 5) { style.fill = '#e8a33d'; i += 2; }
  }
}

const rows = lines.map((line, row) => {
  let column = 0;
  const spans = [];
  for (const part of line.split(/(\x1b\[[0-9;]*[A-Za-z])/)) {
    const escape = part.match(/^\x1b\[([0-9;]*)([A-Za-z])$/);
    if (escape) {
      if (escape[2] === 'm') colour((escape[1] || '0').split(';').map(Number));
      continue;
    }

    if (!part) continue;
    const look = `fill="${style.fill ?? '#d7dae0'}"${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.6"' : ''}`;
    spans.push(`<text x="${16 + column * cell.width}" y="${28 + row * cell.height}" ${look} textLength="${[...part].length * cell.width}" xml:space="preserve">${escapeXml(part)}</text>`);
    column += [...part].length;
  }

  return spans.join('');
});
const columns = Math.max(...lines.map((line) => [...line.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '')].length));
console.log(`<svg xmlns="http://www.w3.org/2000/svg" width="${32 + columns * cell.width}" height="${30 + lines.length * cell.height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="#1e1f24"/>
${rows.join('\n')}
</svg>`);
