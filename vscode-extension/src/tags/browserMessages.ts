// What the tag browser's page and the extension say to each other. What comes from the page is checked: only what is listed here gets through.
import type { FoundTag, TagCategory, TagInfo } from '../protocol';
import { tagCategories } from './categories';

const commands = ['kohaku.restartServer', 'kohaku.showLog', 'kohaku.newPrompt'] as const;
const wiki = 'https://danbooru.donmai.us/wiki_pages/';

export type ServerFace = 'starting' | 'ready' | 'stopped';

export type FromPage =
  | { type: 'loaded' }
  | { type: 'search'; id: number; query: string; category: TagCategory | null }
  | { type: 'info'; id: number; tag: string }
  | { type: 'insert'; tag: string }
  | { type: 'wiki'; url: string }
  | { type: 'command'; command: (typeof commands)[number] };

export type ToPage =
  | { type: 'server'; state: ServerFace }
  /** Whether there is an editor that a tag could be inserted into. */
  | { type: 'target'; present: boolean }
  | { type: 'found'; id: number; items: FoundTag[] }
  | { type: 'info'; id: number; info: TagInfo | null }
  | { type: 'failed'; id: number; message: string }
  | { type: 'show'; tag: string };

/** The message, or undefined where it is none. */
export function readFromPage(data: unknown): FromPage | undefined {
  if (typeof data !== 'object' || data === null) { return undefined; }
  const { type, id, query, category, tag, url, command } = data as Record<string, unknown>;
  switch (type) {
    case 'loaded': return { type };
    case 'search': {
      const known = category === null ? null : tagCategories.find(it => it === category);
      return isNumber(id) && typeof query === 'string' && known !== undefined ? { type, id, query, category: known } : undefined;
    }
    case 'info': return isNumber(id) && typeof tag === 'string' ? { type, id, tag } : undefined;
    case 'insert': return typeof tag === 'string' ? { type, tag } : undefined;
    case 'wiki': return typeof url === 'string' && url.startsWith(wiki) ? { type, url } : undefined;
    case 'command': {
      const known = commands.find(it => it === command);
      return known && { type, command: known };
    }
    default: return undefined;
  }
}

function isNumber(value: unknown): value is number {
  return Number.isInteger(value);
}
