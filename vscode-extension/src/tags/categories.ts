import type { TagCategory } from '../protocol';

export const tagCategories: readonly TagCategory[] = ['general', 'character', 'series', 'artist', 'meta'];

const icons: Record<TagCategory, string> = {
  general: 'symbol-variable',
  character: 'symbol-class',
  series: 'symbol-namespace',
  artist: 'symbol-method',
  meta: 'symbol-misc',
};

/** The codicon of a category: the one that completion shows for it. */
export function categoryIcon(category: TagCategory): string {
  return icons[category] ?? 'symbol-variable';
}
