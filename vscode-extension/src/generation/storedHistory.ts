import type { GeneratedFile } from './contract';
import { historyLimit, noChoices, type Choices, type PanelState } from './panelState';
import { readChoices } from './panelMessages';

/** What outlives a reload of the window. */
export interface Stored { history: GeneratedFile[]; choices: Choices; shown: string | null }

export const storedKeys: readonly (keyof PanelState)[] = ['history', 'choices', 'shown'];

export function toStored({ history, choices, shown }: PanelState): Stored {
  return { history, choices, shown };
}

/** What was stored, as far as it still makes sense: another version of the extension may have written it. */
export function readStored(data: unknown): Stored {
  const stored = (typeof data === 'object' && data !== null ? data : {}) as { history?: unknown; choices?: unknown; shown?: unknown };
  const history = (Array.isArray(stored.history) ? stored.history : []).filter(isImage).slice(0, historyLimit);
  const shown = history.some(({ path }) => path === stored.shown) ? stored.shown as string : history[0]?.path ?? null;
  return { history, choices: { ...noChoices, ...readChoices(stored.choices) }, shown };
}

function isImage(data: unknown): data is GeneratedFile {
  const image = data as Record<keyof GeneratedFile, unknown> | null;
  return typeof image === 'object' && image !== null
    && [image.path, image.uri, image.seed, image.parameters, image.prompt].every(value => typeof value === 'string')
    && [image.width, image.height, image.seconds].every(value => typeof value === 'number');
}
