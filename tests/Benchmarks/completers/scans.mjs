// The query algorithms of the two best-known tag completers, written anew from their description. Both lists stand in memory, most used first.
// What the originals do besides (drawing, sorting by usage, reading files) is not here: these times are the least that they can take.

/** A regular expression, tried on the name and the aliases of every row; it matches where a word begins. */
export function regularExpressionScan(rows) {
  const names = rows.map(row => row.name.toLowerCase());
  const aliases = rows.map(row => row.aliases.join(',').toLowerCase());
  return query => {
    const pattern = new RegExp(`(^|[^a-zA-Z])${query.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'i');
    const found = [];
    for (let i = 0; i < rows.length; i++) {
      if (pattern.test(names[i]) || (aliases[i] && pattern.test(aliases[i]))) found.push(rows[i].name);
    }
    return found;
  };
}

/** Row by row from the most used, until ten contain what was typed, as it stands or with underscores for blanks, in the name or an alias. */
export function containsScan(rows) {
  const most = 10;
  return query => {
    const typed = query.toLowerCase();
    const variants = [...new Set([typed, typed.replaceAll(' ', '_'), typed.replaceAll('_', ' ')])];
    const contains = text => {
      const lower = text.toLowerCase();
      return variants.some(variant => lower.includes(variant));
    };
    const found = [];
    for (const row of rows) {
      if (!contains(row.name) && !row.aliases.some(contains)) continue;
      found.push(row.name);
      if (found.length === most) break;
    }
    return found;
  };
}
