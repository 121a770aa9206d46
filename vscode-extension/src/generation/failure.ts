import type { Failure } from './panelState';

/** As the protocol numbers it. */
const requestCancelled = -32800;
/** What the client library says of requests whose server ended: pending, inactive, not writable. */
const connectionEnded: readonly unknown[] = [-32097, -32096, -32099];

/** What the server says of an error, with its help; null where someone cancelled. */
export function failureOf(error: unknown): Failure | null {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : { message: error }) as { code?: unknown; message?: unknown; data?: { help?: unknown } | null };
  if (code === requestCancelled) { return null; }
  if (connectionEnded.includes(code)) {
    return { message: 'The language server ended while it worked on this.', help: 'It is started again by itself. The log says what happened.' };
  }
  const help = data?.help;
  return { message: sentence(typeof message === 'string' ? message : '') || 'The images could not be made.', help: typeof help === 'string' ? sentence(help) : null };
}

/** What the server says in the middle of a line, as a sentence of its own; a name that it begins with stays as it is. */
export function sentence(text: string): string {
  const begun = /^[a-z]+(?=[\s,;])/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[\p{L}\p{N})`\]]$/u.test(begun) ? `${begun}.` : begun;
}
