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

/** A path that a message begins with ends at its colon, unless a sentence has begun before; one in the middle of a sentence ends at the first blank. */
const pathAtStart = /^(?:\/|[A-Za-z]:[\\/]|\\\\)(?:(?! is |, )[^:\n])*(?=:)/;
const pathInside = /(?<=^|[\s(`"'])(?:\/|[A-Za-z]:[\\/]|\\\\)[^\s:;,()`"']*[\\/][^\s:;,()`"']+/g;

/** A message with names of files in place of their paths, and the paths that went. */
export function titleOf(message: string): { title: string; paths: string[] } {
  const paths: string[] = [];
  const named = (path: string): string => {
    const name = path.split(/[\\/]/).findLast(part => part !== '') ?? path;
    // A full stop ends the sentence, not the file's name.
    const whole = name.endsWith('.') ? path.slice(0, -1) : path;
    if (whole !== name && !paths.includes(whole)) { paths.push(whole); }
    return name;
  };
  return { title: message.replace(pathAtStart, named).replace(pathInside, named), paths };
}
