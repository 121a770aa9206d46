// What `kohaku lsp` answers beyond the Language Server Protocol. Positions, ranges and edits are the protocol's own.
import type { Position, Range, TextEdit } from 'vscode-languageclient/node';
import type { GenerationRequests } from './generation/contract';

export type TagCategory = 'general' | 'artist' | 'series' | 'character' | 'meta';

/** What the server can do to a document at the selections; the result is one change, undone in one step. */
export type EditAction =
  | 'raiseWeight' | 'lowerWeight' | 'removeWeight' | 'wrapSelection' | 'sortSections' | 'fixAll' | 'emphasizeWeakTags' | 'escapeBrackets'
  | 'toComfyUI' | 'toA1111' | 'splitAtBreak';

export interface VersionedDocument { uri: string; version: number }

export interface PromptStatusParams { textDocument: { uri: string }; position: Position }
/** The prompt that holds a position. `capacity` is 75 tokens for each chunk begun. */
export interface PromptStatus {
  profile: string;
  tokens: number;
  capacity: number;
  chunks: number;
  negativeTokens?: number | null;
  /** Which prompt of the file, from 0. */
  prompt: number;
  prompts: number;
  findings: number;
  /** The worst finding's severity as the protocol numbers them (1 error … 4 hint). */
  severity?: 1 | 2 | 3 | 4 | null;
}

export interface ServerStatus {
  version: string;
  profile: string;
  dialect: string;
  database: { path: string; tags: number; source: string } | null;
  /** Path of the kohaku.json in use. */
  configuration?: string | null;
  state: 'ready' | 'degraded';
  message?: string | null;
  /** Bytes. */
  memory: number;
}

export interface EditParams { textDocument: VersionedDocument; selections: Range[]; action: EditAction }
export interface EditResult { version: number; edits: TextEdit[]; selections: Range[]; message?: string | null }

export interface InsertTagParams { textDocument: VersionedDocument; position: Position; tag: string }

export interface SearchTagsParams { query: string; limit: number; category?: TagCategory }
export interface FoundTag {
  /** Danbooru's name, with underscores. */
  name: string;
  /** As the model reads it. */
  label: string;
  category: TagCategory;
  posts: number;
  /** How it was found: exact, prefix, words, initials, typo, … */
  match: string;
  /** The alias that was found in its place. */
  alias?: string | null;
}

export interface TagInfo {
  name: string;
  label: string;
  category: TagCategory;
  posts: number;
  popularity: 'strong' | 'weak' | 'rare';
  aliases: string[];
  implies: string[];
  impliedBy: string[];
  section: string;
  wiki: string;
  markdown: string;
}

export interface RuleDocumentation { code: string; name: string; severity: string; markdown: string }

/** Parameters and result of each request, by method. */
export interface Requests extends GenerationRequests {
  'kohaku/promptStatus': [PromptStatusParams, PromptStatus | null];
  'kohaku/serverStatus': [Record<string, never>, ServerStatus];
  'kohaku/edit': [EditParams, EditResult | null];
  'kohaku/insertTag': [InsertTagParams, EditResult | null];
  'kohaku/searchTags': [SearchTagsParams, { items: FoundTag[] }];
  'kohaku/tagInfo': [{ tag: string }, TagInfo | null];
  /** Forgets which tags were accepted. */
  'kohaku/clearUsage': [Record<string, never>, unknown];
  'kohaku/explainRule': [{ rule: string }, RuleDocumentation | null];
}
