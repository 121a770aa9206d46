// Makes the fact files beside this script out of two lists:
//   node data/tags/make.mjs FOLDER
// FOLDER/tag-facts.tsv         name, category, posts, aliases (blank-separated), flags (blank-separated)
// FOLDER/tag-implications.tsv  name, implied name
// The same lists always give the same bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const asOf = '2023-11-30';
const categories = ['general', 'artist', 'series', 'character', 'meta'];
const [source] = process.argv.slice(2);
if (!source) {
  console.error('usage: node data/tags/make.mjs FOLDER');
  process.exit(2);
}

const rows = (name) => readFileSync(join(source, name), 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split('\t'));
const byBytes = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const implied = new Map();
for (const [name, other] of rows('tag-implications.tsv')) {
  implied.set(name, [...(implied.get(name) ?? []), other]);
}

// Tags that sexualise minors and that the lists still held.
const leftOut = new Set(['lolibaba', 'lolidom', 'mesugaki', 'shotadom']);

const files = new Map(categories.map((category) => [category, []]));
for (const [name, category, posts, aliases = '', flags = ''] of rows('tag-facts.tsv')) {
  if (leftOut.has(name)) continue;
  const file = files.get(category);
  if (!file || /\s/.test(name) || !/^\d+$/.test(posts)) {
    console.error(`unusable: ${name} ${category} ${posts}`);
    process.exit(1);
  }
  const words = (text) => text.split(' ').filter(Boolean).sort(byBytes).join(' ');
  const fields = [name, posts, words(aliases), (implied.get(name) ?? []).sort(byBytes).join(' '), words(flags)];
  file.push(fields.join('\t').replace(/\t+$/, ''));
}

for (const [category, lines] of files) {
  const text = [`kohaku-tags\t1\t${category}\t${asOf}`, ...lines.sort(byBytes), ''].join('\n');
  writeFileSync(join(dirname(fileURLToPath(import.meta.url)), `${category}.tsv`), text);
  console.log(`${category}.tsv: ${lines.length} tags`);
}
