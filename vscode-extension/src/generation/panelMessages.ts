// What the panel's page and the extension say to each other. What comes from the page is checked: only what is listed here gets through.
import type { Choices, PanelState } from './panelState';

const plain = ['loaded', 'generate', 'generateAll', 'cancel', 'cancelAll', 'retry', 'dismiss', 'follow', 'closeSeries', 'chooseModel', 'reloadOffer'] as const;
const ofImage = ['show', 'mark', 'forget', 'copyParameters', 'openAsPrompt', 'reveal', 'open'] as const;
const commands = ['kohaku.restartServer', 'kohaku.showLog', 'kohaku.newPrompt', 'workbench.trust.manage'] as const;

/** Bytes that a dropped image may have. */
export const droppedLimit = 64 * 2 ** 20;

export type FromPage =
  | { type: (typeof plain)[number] }
  | { type: (typeof ofImage)[number]; path: string }
  | { type: 'compare'; on: boolean }
  | { type: 'choose'; choices: Partial<Choices> }
  | { type: 'dropUri'; uri: string }
  | { type: 'dropBytes'; bytes: Uint8Array }
  | { type: 'dropRefused' }
  | { type: 'command'; command: (typeof commands)[number] };

export type ToPage = {
  type: 'state';
  changed: Partial<PanelState>;
  /** Where the page finds the images of `changed.history`, by path. */
  sources?: Record<string, string>;
};

/** The message, or undefined where it is none. */
export function readFromPage(data: unknown): FromPage | undefined {
  if (typeof data !== 'object' || data === null) { return undefined; }
  const message = data as Record<string, unknown>;
  const { type } = message;
  if (isOneOf(plain, type)) { return { type }; }
  if (isOneOf(ofImage, type)) { return typeof message['path'] === 'string' ? { type, path: message['path'] } : undefined; }
  switch (type) {
    case 'compare': return typeof message['on'] === 'boolean' ? { type, on: message['on'] } : undefined;
    case 'choose': {
      const choices = readChoices(message['choices']);
      return choices && { type, choices };
    }
    case 'dropUri': return typeof message['uri'] === 'string' && /^(file|vscode-remote):/.test(message['uri']) ? { type, uri: message['uri'] } : undefined;
    case 'dropBytes': {
      const bytes = message['bytes'] instanceof ArrayBuffer ? new Uint8Array(message['bytes']) : message['bytes'];
      return bytes instanceof Uint8Array && bytes.length <= droppedLimit && isPng(bytes) ? { type, bytes } : undefined;
    }
    case 'dropRefused': return { type };
    case 'command': return isOneOf(commands, message['command']) ? { type, command: message['command'] } : undefined;
    default: return undefined;
  }
}

/** Choices that make sense, or undefined where any of them does not. */
export function readChoices(data: unknown): Partial<Choices> | undefined {
  if (typeof data !== 'object' || data === null) { return undefined; }
  const checks: Record<keyof Choices, (value: unknown) => boolean> = {
    model: isText, sampler: isText,
    steps: value => value === null || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1000),
    size: value => value === null || (typeof value === 'string' && /^\d{2,4}x\d{2,4}$/.test(value)),
    seed: value => typeof value === 'string' && isSeed(value),
  };
  const entries = Object.entries(data);
  return entries.every(([key, value]) => Object.hasOwn(checks, key) && checks[key as keyof Choices](value)) ? Object.fromEntries(entries) : undefined;
}

/** Empty (as the prompt says), -1 (a random one), or digits. */
export function isSeed(text: string): boolean {
  return /^(|-1|\d{1,20})$/.test(text);
}

export function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A].every((byte, i) => bytes[i] === byte);
}

function isText(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

function isOneOf<T extends string>(values: readonly T[], value: unknown): value is T {
  return (values as readonly unknown[]).includes(value);
}
