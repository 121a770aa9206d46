import type { Failure } from './panelState';

/** As the protocol numbers it. */
const requestCancelled = -32800;

/** What the server says of an error, with its help; null where someone cancelled. */
export function failureOf(error: unknown): Failure | null {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : { message: String(error) }) as { code?: unknown; message?: unknown; data?: { help?: unknown } | null };
  if (code === requestCancelled) { return null; }
  const help = data?.help;
  return { message: typeof message === 'string' && message !== '' ? message : 'The images could not be made.', help: typeof help === 'string' ? help : null };
}
