// The page's side of the conversation with the extension: the state as it was told last, and who wants to hear of changes.
import { initialState, type PanelState } from '../../generation/panelState';
import type { FromPage, ToPage } from '../../generation/panelMessages';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; getState(): unknown; setState(state: unknown): void };

const vscode = acquireVsCodeApi();
// So that the editor brings the page back with its window; the state itself is the extension's.
vscode.setState({});

type Listener = (state: PanelState, before: PanelState) => void;

const listeners: Listener[] = [];
let state: PanelState = initialState;
let sources: Record<string, string> = {};

export const send = (message: FromPage): void => vscode.postMessage(message);
export const current = (): PanelState => state;
export const sourceOf = (path: string): string => sources[path] ?? '';
export const onState = (listener: Listener): void => { listeners.push(listener); };

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type !== 'state') { return; }
  const before = state;
  sources = data.sources ?? sources;
  state = { ...state, ...data.changed };
  for (const listener of listeners) { listener(state, before); }
});
