/**
 * What fixes and formatting may take of a save, in all. A save asks for fixes, then for their text, then for formatting: each request gets what the
 * ones before it left, so that the sum stays below the limit.
 */
export class SaveBudget {
  /** Milliseconds. With what VS Code itself takes, a save stays below half a second however long the server hangs. */
  static readonly limit = 400;
  /** A save that was not heard of for so long was given up; the next request belongs to another one. */
  static readonly forgotten = 2_000;

  private readonly begun = new Map<string, number>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Milliseconds left for a request about this document, 0 when nothing is. */
  left(uri: string): number {
    const now = this.clock();
    const begun = this.begun.get(uri);
    if (begun === undefined || now - begun > SaveBudget.forgotten) {
      this.begun.set(uri, now);
      return SaveBudget.limit;
    }
    return Math.max(0, SaveBudget.limit - (now - begun));
  }

  /** The document is saved, or closed: its next save has the whole budget. */
  end(uri: string): void {
    this.begun.delete(uri);
  }
}

/** What came of work that had a limit. */
export type Limited<T> = { late: false; value: T } | { late: true };

/** Waits for the work at most so long. When it takes longer `cancel` is called, and a failure after that is nobody's business any more. */
export async function within<T>(milliseconds: number, work: Promise<T>, cancel: () => void): Promise<Limited<T>> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Limited<T>>(resolve => { timer = setTimeout(() => resolve({ late: true }), milliseconds); });
  try {
    const first = await Promise.race([work.then((value): Limited<T> => ({ late: false, value })), limit]);
    if (first.late) {
      work.catch(() => undefined);
      cancel();
    }
    return first;
  } finally {
    clearTimeout(timer);
  }
}
