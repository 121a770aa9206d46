import * as crypto from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { messageOf, type LanguageServer } from '../client/LanguageServer';
import { promptEditor } from '../editing/promptEditor';
import { failureOf } from './failure';
import { GenerationPanel } from './GenerationPanel';
import { GenerationQueue } from './GenerationQueue';
import { GenerationStore } from './GenerationStore';
import { openPromptOfBytes, openPromptOfImage } from './imagePrompt';
import type { FromPage } from './panelMessages';
import { find, hasModel, initialState, optionsOf, type PanelState } from './panelState';
import { readStored, storedKeys, toStored } from './storedHistory';
import { tagVariants } from './promptText';

type Position = { line: number; character: number };

/** Making images from the editor: what the commands and the panel's page ask for, told to the server; what comes back, kept and shown. */
export class Generation implements vscode.Disposable {
  private static readonly storageKey = 'kohaku.generation';

  readonly store: GenerationStore;
  private readonly queue: GenerationQueue;
  private readonly panel: GenerationPanel;
  private readonly subscriptions: vscode.Disposable[];
  /** The prompt that was generated last: what Generate means where no prompt is open any more. */
  private last: { uri: string; position?: Position } | undefined;
  private asked = 0;

  constructor(private readonly context: vscode.ExtensionContext, private readonly server: LanguageServer) {
    const store = this.store = new GenerationStore({ ...initialState, ...readStored(context.workspaceState.get(Generation.storageKey)), trusted: vscode.workspace.isTrusted });
    this.queue = new GenerationQueue(async (params, cancelled) => {
      const source = new vscode.CancellationTokenSource();
      cancelled.addEventListener('abort', () => source.cancel(), { once: true });
      return server.request('kohaku/generate', params, source.token);
    }, store.dispatch);
    this.panel = new GenerationPanel(context.extensionUri, store, message => this.receive(message));
    this.subscriptions = [
      this.panel,
      store.onDidChange(changed => this.changed(changed)),
      server.onGeneration(progress => store.dispatch({ type: 'progress', progress })),
      server.onDidChange(() => this.serverChanged()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => store.dispatch({ type: 'trust', trusted: true })),
      vscode.window.onDidChangeActiveTextEditor(() => this.tellPrompt()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.tellPrompt()),
    ];
    this.serverChanged();
    this.tellPrompt();
  }

  dispose(): void {
    this.queue.cancel(true);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  show(): void {
    this.panel.show(false);
  }

  cancel(everything = false): void {
    this.queue.cancel(everything);
  }

  /** Makes an image of the prompt that the code lens names, or of that under the cursor. */
  async generate(argument?: unknown): Promise<void> {
    const target = readTarget(argument) ?? this.target() ?? this.last;
    if (target === undefined) {
      return this.noPrompt();
    }
    this.last = target;
    if (await this.canStart()) {
      this.start(target, await this.labelOf(target));
    }
  }

  /** Makes an image of each prompt of the file. */
  async generateAll(): Promise<void> {
    const target = this.target() ?? this.last;
    if (target === undefined) {
      return this.noPrompt();
    }
    if (await this.canStart()) {
      this.start({ uri: target.uri }, nameOf(target.uri));
    }
  }

  /** The same image without the tag under the cursor, and with it at several weights, beside each other. */
  async compareTag(): Promise<void> {
    const editor = promptEditor();
    if (editor === undefined) {
      return this.noPrompt();
    }
    const { document, selection } = editor;
    const found = tagVariants(document.getText(), document.offsetAt(selection.active));
    if (found === null) {
      void vscode.window.showInformationMessage('Kohaku: no tag stands at the cursor. Put it into a tag of the positive prompt.');
      return;
    }
    const uri = this.uriOf(document);
    if (!await this.canStart()) {
      return;
    }
    const options = { ...found.part.options, ...optionsOf(this.store.state) };
    // One seed for all: only the tag may differ.
    const seed = options.seed === undefined || options.seed === '-1' ? String(crypto.randomInt(2 ** 32)) : options.seed;
    const group = this.queue.newId();
    const tasks = found.variants.map(({ label, prompt }) => ({
      id: this.queue.newId(), group, label: `${found.tag} · ${label}`, params: { uri, prompt, negative: found.part.negative, options: { ...options, seed } },
    }));
    this.store.dispatch({ type: 'seriesBegan', series: {
      title: `${found.tag} · seed ${seed}`, items: tasks.map(({ id }, i) => ({ job: id, label: found.variants[i]?.label ?? '', path: null })),
    } });
    this.queue.add(...tasks);
  }

  /** Shows the panel, which says what is in the way where something is. */
  private async canStart(): Promise<boolean> {
    this.panel.show(true);
    this.tellPrompt();
    const { store } = this;
    if (!store.state.trusted || store.state.server === 'stopped') {
      return false;
    }
    if (store.state.offer === null) {
      await this.askOffer();
    }
    if (store.state.offer === null) {
      return false;
    }
    if (!hasModel(store.state)) {
      store.dispatch({ type: 'failed', failure: { message: 'No model is chosen.', help: 'Choose an SDXL checkpoint (.safetensors), such as kohaku-xl-delta.' } });
      return false;
    }
    return true;
  }

  private start(target: { uri: string; position?: Position }, label: string): void {
    const id = this.queue.newId();
    this.queue.add({ id, group: id, label, params: { ...target, options: optionsOf(this.store.state) } });
  }

  private noPrompt(): void {
    this.panel.show(true);
    this.tellPrompt();
    this.store.dispatch({ type: 'failed', failure: { message: 'No prompt is open.', help: 'Open a .prompt file, or write a new one.' } });
  }

  private target(): { uri: string; position: Position } | undefined {
    const editor = promptEditor();
    return editor && { uri: this.uriOf(editor.document), position: { line: editor.selection.active.line, character: editor.selection.active.character } };
  }

  private uriOf(document: vscode.TextDocument): string {
    return this.server.convert.code2ProtocolConverter.asUri(document.uri);
  }

  /** `miku.prompt, prompt 2 of 5`; the file's name where the server cannot say more. */
  private async labelOf({ uri, position }: { uri: string; position?: Position }): Promise<string> {
    if (position === undefined) {
      return nameOf(uri);
    }
    try {
      const status = await this.server.request('kohaku/promptStatus', { textDocument: { uri }, position });
      return status !== null && status.prompts > 1 ? `${nameOf(uri)}, prompt ${status.prompt + 1} of ${status.prompts}` : nameOf(uri);
    } catch (error) {
      this.server.log.debug(`kohaku/promptStatus: ${messageOf(error)}`);
      return nameOf(uri);
    }
  }

  private async receive(message: FromPage): Promise<void> {
    const { store } = this;
    try {
      switch (message.type) {
        case 'loaded':
          await this.forgetMissing();
          return this.server.isRunning ? await this.askOffer() : undefined;
        case 'generate': return await this.generate();
        case 'generateAll': return await this.generateAll();
        case 'cancel': return this.cancel();
        case 'cancelAll': return this.cancel(true);
        case 'retry': return await this.retry();
        case 'dismiss': return store.dispatch({ type: 'dismissed' });
        case 'follow': return store.dispatch({ type: 'followed' });
        case 'closeSeries': return store.dispatch({ type: 'seriesClosed' });
        case 'reloadOffer': return await this.askOffer();
        case 'show': return store.dispatch({ type: 'showed', path: message.path });
        case 'mark': return store.dispatch({ type: 'marked', path: message.path });
        case 'forget': return store.dispatch({ type: 'forgot', path: message.path });
        case 'compare': return store.dispatch({ type: 'compared', on: message.on });
        case 'choose': return store.dispatch({ type: 'chose', choices: message.choices });
        case 'chooseModel': return await this.chooseModel();
        case 'copyParameters': case 'openAsPrompt': case 'reveal': case 'open': return await this.withImage(message.type, message.path);
        case 'dropUri': return await openPromptOfImage(this.server, vscode.Uri.parse(message.uri, true));
        case 'dropBytes': return await openPromptOfBytes(this.server, this.context.globalStorageUri, message.bytes);
        case 'dropRefused': return store.dispatch({ type: 'failed', failure: { message: 'What was dropped is not a PNG image.', help: 'Drop a PNG that AUTOMATIC1111, ComfyUI or Kohaku has written.' } });
        case 'command': return void await vscode.commands.executeCommand(message.command);
      }
    } catch (error) {
      this.server.log.error(`Generation panel: ${messageOf(error)}`);
      const failure = failureOf(error);
      if (failure !== null) { store.dispatch({ type: 'failed', failure }); }
    }
  }

  private async retry(): Promise<void> {
    this.store.dispatch({ type: 'dismissed' });
    if (this.store.state.offer === null) { await this.askOffer(); }
    if (this.store.state.failure === null && !this.queue.retry()) { await this.generate(); }
  }

  private async withImage(action: 'copyParameters' | 'openAsPrompt' | 'reveal' | 'open', file: string): Promise<void> {
    const image = find(this.store.state, file);
    if (image === undefined) {
      return;
    }
    const uri = vscode.Uri.file(image.path);
    switch (action) {
      case 'copyParameters':
        await vscode.env.clipboard.writeText(image.parameters);
        vscode.window.setStatusBarMessage('Kohaku: parameters copied', 3_000);
        return;
      case 'openAsPrompt': return openPromptOfImage(this.server, uri);
      // The system's file manager would show another machine's files.
      case 'reveal': return void await vscode.commands.executeCommand(vscode.env.remoteName === undefined ? 'revealFileInOS' : 'revealInExplorer', uri);
      case 'open': return void await vscode.commands.executeCommand('vscode.open', uri);
    }
  }

  private async chooseModel(): Promise<void> {
    const [file] = await vscode.window.showOpenDialog({ title: 'Choose a Model', openLabel: 'Use This Model', canSelectMany: false, filters: { 'SDXL checkpoints': ['safetensors'], 'All files': ['*'] } }) ?? [];
    if (file !== undefined) {
      await vscode.workspace.getConfiguration('kohaku').update('generate.model', file.fsPath, vscode.ConfigurationTarget.Global);
      this.store.dispatch({ type: 'chose', choices: { model: null } });
    }
  }

  private changed(changed: Partial<PanelState>): void {
    if (storedKeys.some(key => key in changed)) {
      void this.context.workspaceState.update(Generation.storageKey, toStored(this.store.state));
    }
    if ('job' in changed) {
      void vscode.commands.executeCommand('setContext', 'kohaku.generating', this.store.state.job !== null);
    }
  }

  private tellPrompt(): void {
    this.store.dispatch({ type: 'prompt', present: promptEditor() !== undefined || this.last !== undefined });
  }

  private serverChanged(): void {
    const { state } = this.server;
    const face = state === 'ready' || state === 'degraded' ? 'ready' : state === 'stopped' ? 'stopped' : 'starting';
    if (face !== this.store.state.server) {
      this.store.dispatch({ type: 'server', face });
    }
    // The server says something of itself once it has taken changed settings. What there is to choose from is looked for on the disk: only while someone sees it.
    if (face === 'ready' && this.panel.isOpen) {
      void this.askOffer();
    }
  }

  /** What can be chosen from. Only the latest answer counts. */
  private async askOffer(): Promise<void> {
    const asked = ++this.asked;
    try {
      const uri = this.target()?.uri;
      const offer = await this.server.request('kohaku/generationOptions', uri === undefined ? {} : { uri });
      if (asked === this.asked) { this.store.dispatch({ type: 'offered', offer }); }
    } catch (error) {
      this.server.log.error(`kohaku/generationOptions: ${messageOf(error)}`);
      const failure = failureOf(error);
      if (asked === this.asked && failure !== null) { this.store.dispatch({ type: 'failed', failure }); }
    }
  }

  /** Files go away outside of the editor; the strip shows what is there. */
  private async forgetMissing(): Promise<void> {
    await Promise.all(this.store.state.history.map(async image => {
      try {
        await vscode.workspace.fs.stat(vscode.Uri.file(image.path));
      } catch {
        this.store.dispatch({ type: 'forgot', path: image.path });
      }
    }));
  }
}

/** What the code lens hands over. */
function readTarget(argument: unknown): { uri: string; position?: Position } | undefined {
  if (argument instanceof vscode.Uri) {
    return undefined;
  }
  const { uri, position } = (typeof argument === 'object' && argument !== null ? argument : {}) as { uri?: unknown; position?: Partial<Position> };
  if (typeof uri !== 'string') {
    return undefined;
  }
  return typeof position?.line === 'number' && typeof position.character === 'number' ? { uri, position: { line: position.line, character: position.character } } : { uri };
}

function nameOf(uri: string): string {
  const { scheme, path: file } = vscode.Uri.parse(uri);
  return scheme === 'untitled' ? file : path.posix.basename(file);
}
