import { initialState, reduce, type PanelEvent, type PanelState } from './panelState';

/** Holds the panel's state, also while no panel is open, and tells what changed. */
export class GenerationStore {
  private readonly listeners = new Set<(changed: Partial<PanelState>) => void>();

  constructor(public state: PanelState = initialState) {}

  readonly dispatch = (event: PanelEvent): void => {
    const before = this.state;
    this.state = reduce(before, event);
    const changed = Object.fromEntries(Object.entries(this.state).filter(([key, value]) => before[key as keyof PanelState] !== value)) as Partial<PanelState>;
    if (Object.keys(changed).length > 0) {
      for (const listener of [...this.listeners]) { listener(changed); }
    }
  };

  onDidChange(listener: (changed: Partial<PanelState>) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }
}
