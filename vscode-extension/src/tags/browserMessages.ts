// What the tag browser's page and the extension say to each other.
import type { FoundTag, TagCategory, TagInfo } from '../protocol';

export type ServerFace = 'starting' | 'ready' | 'stopped';

export type FromPage =
  | { type: 'loaded' }
  | { type: 'search'; id: number; query: string; category: TagCategory | null }
  | { type: 'info'; id: number; tag: string }
  | { type: 'insert'; tag: string }
  | { type: 'wiki'; url: string }
  | { type: 'command'; command: 'kohaku.restartServer' | 'kohaku.showLog' | 'kohaku.newPrompt' };

export type ToPage =
  | { type: 'server'; state: ServerFace }
  /** Whether there is an editor that a tag could be inserted into. */
  | { type: 'target'; present: boolean }
  | { type: 'found'; id: number; items: FoundTag[] }
  | { type: 'info'; id: number; info: TagInfo | null }
  | { type: 'failed'; id: number; message: string }
  | { type: 'show'; tag: string };
