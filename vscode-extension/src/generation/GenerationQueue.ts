import type { GenerateParams, GeneratedFile } from './contract';
import { failureOf } from './failure';
import type { PanelEvent } from './panelState';

/** A request for images that waits for its turn. Tasks of one group are cancelled together. */
export interface GenerationTask { id: string; group: string; label: string; params: Omit<GenerateParams, 'job'> }

export type Generate = (params: GenerateParams, cancelled: AbortSignal) => Promise<{ images: GeneratedFile[] }>;

/** Sends one request at a time, in the order in which they came. */
export class GenerationQueue {
  private readonly waiting: GenerationTask[] = [];
  private running: { task: GenerationTask; abort: AbortController } | undefined;
  private failed: GenerationTask | undefined;
  private ids = 0;

  constructor(private readonly generate: Generate, private readonly dispatch: (event: PanelEvent) => void, private readonly prefix = Date.now().toString(36)) {}

  /** An id that no other job of this session has. */
  newId(): string {
    return `${this.prefix}-${++this.ids}`;
  }

  add(...tasks: GenerationTask[]): void {
    this.waiting.push(...tasks);
    this.tell();
    this.next();
  }

  /** Ends the running request's group, or everything. */
  cancel(everything = false): void {
    const group = this.running?.task.group;
    const left = this.waiting.filter(task => !everything && task.group !== group);
    this.waiting.splice(0, this.waiting.length, ...left);
    this.tell();
    this.running?.abort.abort();
  }

  /** Sends the request that failed last once more; false where there is none. */
  retry(): boolean {
    if (this.failed === undefined) { return false; }
    const task = this.failed;
    this.failed = undefined;
    this.add({ ...task, id: this.newId() });
    return true;
  }

  private next(): void {
    if (this.running !== undefined) { return; }
    const task = this.waiting.shift();
    if (task === undefined) { return; }
    this.tell();
    void this.run(task);
  }

  private async run(task: GenerationTask): Promise<void> {
    const abort = new AbortController();
    this.running = { task, abort };
    this.dispatch({ type: 'started', id: task.id, label: task.label });
    try {
      const { images } = await this.generate({ ...task.params, job: task.id }, abort.signal);
      this.dispatch({ type: 'ended', id: task.id, images, failure: null });
    } catch (error) {
      // Whatever a request says that was cancelled, it is no news.
      const failure = abort.signal.aborted ? null : failureOf(error);
      this.failed = failure === null ? this.failed : task;
      if (failure !== null) {
        this.drop(task.group);
      }
      this.dispatch({ type: 'ended', id: task.id, images: [], failure });
    } finally {
      this.running = undefined;
    }
    this.next();
  }

  /** What failed once fails for the rest of its group too. */
  private drop(group: string): void {
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter(task => task.group !== group));
    this.tell();
  }

  private tell(): void {
    this.dispatch({ type: 'waiting', count: this.waiting.length });
  }
}
