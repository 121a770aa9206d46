// The rows that every completer searches: name, posts, aliases, most used first.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the project's own lists (data/tags/*.tsv). */
export function read(folder) {
  const rows = readdirSync(folder).filter(name => name.endsWith('.tsv')).flatMap(name =>
    readFileSync(join(folder, name), 'utf8').split('\n').slice(1).filter(Boolean).map(line => {
      const [tag, posts, aliases] = line.split('\t');
      return { name: tag, category: name.slice(0, -4), posts: Number(posts), aliases: aliases ? aliases.split(' ') : [], line };
    }));
  return rows.sort((a, b) => b.posts - a.posts || (a.name < b.name ? -1 : 1));
}

/**
 * As many rows and aliases as the best-known list has, for a fair race: the tags that ours lacks have fewer than 50 posts, and are made here of the words of those that it has.
 */
export function enlarge(rows, count, aliasCount) {
  const words = [...new Set(rows.flatMap(row => row.name.split('_')).filter(word => /^[a-z]{3,}$/.test(word)))].sort();
  const taken = new Set(rows.flatMap(row => [row.name, ...row.aliases]));
  const draw = generator(20261125);
  const fresh = () => {
    for (;;) {
      const name = Array.from({ length: 1 + draw(3) }, () => words[draw(words.length)]).join('_');
      if (!taken.has(name)) return taken.add(name), name;
    }
  };
  const categories = ['general', 'artist', 'character', 'series'];
  const all = rows.map(row => ({ ...row, aliases: [...row.aliases] }));
  while (all.length < count) all.push({ name: fresh(), category: categories[draw(categories.length)], posts: 1 + draw(49), aliases: [] });
  let have = all.reduce((sum, row) => sum + row.aliases.length, 0);
  // Names made up are no other name of what is used much: they would win over what is meant.
  const rare = all.filter(row => row.posts < 1000);
  for (; have < aliasCount; have++) rare[draw(rare.length)].aliases.push(fresh());
  return all.sort((a, b) => b.posts - a.posts || (a.name < b.name ? -1 : 1));
}

/** Writes rows as the project's lists, so that its index is made of the same. */
export function write(rows, folder, like) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(like).filter(name => name.endsWith('.tsv'))) {
    const category = name.slice(0, -4);
    const head = readFileSync(join(like, name), 'utf8').split('\n', 1)[0];
    const lines = rows.filter(row => row.category === category).map(row => {
      const [, , , ...rest] = (row.line ?? '').split('\t');
      return [row.name, row.posts, row.aliases.join(' '), ...rest].join('\t').trimEnd();
    }).sort((a, b) => (a < b ? -1 : 1));
    writeFileSync(join(folder, name), [head, ...lines, ''].join('\n'));
  }
}

function generator(seed) {
  let state = seed;
  return below => {
    state = (state + 0x6D2B79F5) | 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) % below;
  };
}
