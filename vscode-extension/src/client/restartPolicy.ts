/**
 * How often a server that ended by itself is started again: at once after a first crash, then ever later, and not at all after five within three
 * minutes, since a sixth would end like the others.
 */
export class RestartPolicy {
  static readonly window = 3 * 60_000;
  static readonly delays: readonly number[] = [0, 1_000, 3_000, 8_000];

  private crashes: number[] = [];

  constructor(private readonly clock: () => number = () => performance.now()) {}

  /** Milliseconds to wait before the next start, or undefined to give up. Call it once for each crash. */
  crashed(): number | undefined {
    const now = this.clock();
    this.crashes = this.crashes.filter(at => now - at < RestartPolicy.window);
    this.crashes.push(now);
    return RestartPolicy.delays[this.crashes.length - 1];
  }

  /** The user asked for a start: earlier crashes no longer count. */
  reset(): void {
    this.crashes = [];
  }
}
