/** Post counts as people read them: 412, 8.2k, 120k, 4.9M. */
export function humanPosts(posts: number): string {
  if (posts < 1_000) {
    return String(posts);
  }
  const [scaled, unit] = posts < 999_500 ? [posts / 1_000, 'k'] : [posts / 1_000_000, 'M'];
  return `${scaled < 9.95 ? scaled.toFixed(1) : Math.round(scaled)}${unit}`;
}
