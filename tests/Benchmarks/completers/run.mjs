// Completers side by side over the same rows in the same run; prints the table of docs/performance.md.
//   node tests/Benchmarks/completers/run.mjs      needs the published program and the built benchmarks (tests/Benchmarks/run.sh builds both)
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enlarge, read, write } from './rows.mjs';
import { containsScan, regularExpressionScan } from './scans.mjs';

const root = join(import.meta.dirname, '../../..');
const bench = join(root, 'tests/Benchmarks/bin/Release/net10.0/kohaku-benchmarks');
const kohaku = join(root, 'artifacts/kohaku/kohaku');
const runs = 200;
const expected = {
  'solo': 'solo', 'long_h': 'long_hair', 'blue eyes': 'blue_eyes', 'eyes blue': 'blue_eyes', 'hatsu': 'hatsune_miku', 'lh': 'long_hair', 'detco': 'detached_collar', 'logn hair': 'long_hair',
};

const shipped = read(join(root, 'data/tags'));
const work = mkdtempSync(join(tmpdir(), 'kohaku-completers-'));
table(shipped, join(root, 'artifacts/kohaku/data/tags.index'));

const many = enlarge(shipped, 140_716, 30_269);
write(many, join(work, 'data/tags'), join(root, 'data/tags'));
cpSync(join(root, 'data/clip'), join(work, 'data/clip'), { recursive: true });
execFileSync(kohaku, ['build-data', '--from', join(work, 'data'), '--to', join(work, 'made')]);
table(many, join(work, 'made/tags.index'));
rmSync(work, { recursive: true });

/** One table: a row a query, a column a completer. */
function table(rows, index) {
  const aliases = rows.reduce((sum, row) => sum + row.aliases.length, 0);
  const ours = measured(index);
  const scans = [regularExpressionScan(rows), containsScan(rows)].map(scan => Object.fromEntries(Object.keys(expected).map(query => [query, timed(scan, query)])));
  console.log(`\n${rows.length} tags, ${aliases} aliases; milliseconds a query, median and p99 of ${runs}\n`);
  console.log('| query | a regular expression over every row | contains, ten hits | kohaku |\n|---|---|---|---|');
  for (const query of Object.keys(expected)) console.log(`| \`${query}\` | ${[...scans.map(scan => scan[query]), ours[query]].map(result => cell(query, result)).join(' | ')} |`);
}

function cell(query, { median, p99, found }) {
  const rank = found.indexOf(expected[query]);
  const place = rank === 0 ? '**first**' : rank > 0 ? `number ${rank + 1}` : found.length ? 'not found' : 'nothing found';
  return `${median.toFixed(2)}, ${p99.toFixed(2)}: ${place}`;
}

function timed(scan, query) {
  for (let i = 0; i < 20; i++) scan(query);
  const times = [];
  let found = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    found = scan(query);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[runs >> 1], p99: times[Math.floor((runs - 1) * 0.99)], found };
}

function measured(index) {
  const lines = execFileSync(bench, ['answers', index, String(runs), ...Object.keys(expected)], { encoding: 'utf8' }).trim().split('\n');
  return Object.fromEntries(lines.map(line => {
    const [query, median, p99, ...found] = line.split('\t');
    return [query, { median: Number(median), p99: Number(p99), found }];
  }));
}
