/**
 * What fixes and formatting may take of a save, in all. A save asks for fixes, then for their text, then for formatting: each request gets what the
 * ones before it left, so that the sum stays below the limit. Only waiting counts: who formats and saves a second later loses nothing.
 */
export class SaveBudget {
  /** Milliseconds. With what VS Code itself takes, a save stays below half a second however long the server hangs. */
  static readonly limit = 400;
  /** A save that was not heard of for so long was given up; the next request belongs to another one. */
  static readonly forgotten = 2_000;

  private readonly spent = new Map<string, { milliseconds: number; at: number }>();

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Milliseconds left for a request about this document, 0 when nothing is. */
  left(uri: string): number {
    const spent = this.spent.get(uri);
    if (spent === undefined || this.clock() - spent.at > SaveBudget.forgotten) {
      this.spent.delete(uri);
      return SaveBudget.limit;
    }
    return Math.max(0, SaveBudget.limit - spent.milliseconds);
  }

  /** Begins to wait for a request about this document; what it answers is called when the wait is over. */
  begin(uri: string): () => void {
    const begun = this.clock();
    return () => {
      const now = this.clock();
      this.spent.set(uri, { milliseconds: SaveBudget.limit - this.left(uri) + now - begun, at: now });
    };
  }

  /** The document is saved, or closed: its next save has the whole budget. */
  end(uri: string): void {
    this.spent.delete(uri);
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
