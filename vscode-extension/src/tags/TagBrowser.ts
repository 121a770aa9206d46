import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import { messageOf, type LanguageServer } from '../client/LanguageServer';
import { insertTag } from '../editing/applyEdit';
import { promptEditor } from '../editing/promptEditor';
import { webviewPage } from '../webviewPage';
import { readFromPage, type FromPage, type ServerFace, type ToPage } from './browserMessages';

/** Rows that a search shows at most: more is not read, and the next letter narrows it. */
const limit = 100;

/** The view with the tags: search, categories, what a tag implies, insert. */
export class TagBrowser implements vscode.WebviewViewProvider, vscode.Disposable {
  static readonly view = 'kohaku.tagBrowser';

  private view: vscode.WebviewView | undefined;
  /** A tag that someone wants to see and the page, not loaded yet, could not be told of. */
  private wanted: string | undefined;
  private running: vscode.CancellationTokenSource | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly extension: vscode.Uri, private readonly server: LanguageServer) {
    this.subscriptions = [
      vscode.window.registerWebviewViewProvider(TagBrowser.view, this),
      server.onDidChange(() => this.tell({ type: 'server', state: this.face() })),
      vscode.window.onDidChangeActiveTextEditor(() => this.tellTarget()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.tellTarget()),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.extension, 'dist', 'tagBrowser')] };
    view.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPage(data);
      return message && this.receive(message);
    });
    view.onDidDispose(() => { this.view = undefined; });
    view.webview.html = this.page(view.webview);
  }

  /** Opens the view and, in it, a tag. */
  async show(tag: string): Promise<void> {
    this.wanted = tag;
    await vscode.commands.executeCommand(`${TagBrowser.view}.focus`);
    this.tellWanted();
  }

  private async receive(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'loaded':
        this.tell({ type: 'server', state: this.face() });
        this.tellTarget();
        this.tellWanted();
        break;
      case 'search': {
        this.running?.cancel();
        const { token } = this.running = new vscode.CancellationTokenSource();
        const { id, query, category } = message;
        await this.answer(id, async () => {
          const { items } = await this.server.request('kohaku/searchTags', { query, limit, ...(category && { category }) }, token);
          return { type: 'found', id, items };
        }, token);
        break;
      }
      case 'info': {
        const { id, tag } = message;
        await this.answer(id, async () => ({ type: 'info', id, info: await this.server.request('kohaku/tagInfo', { tag }) }));
        break;
      }
      case 'insert':
        await this.insert(message.tag);
        break;
      case 'wiki':
        await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        break;
      case 'command':
        await vscode.commands.executeCommand(message.command);
        break;
    }
  }

  private async answer(id: number, ask: () => Promise<ToPage>, token?: vscode.CancellationToken): Promise<void> {
    try {
      this.tell(await ask());
    } catch (error) {
      if (!token?.isCancellationRequested) {
        this.server.log.error(`Tag browser: ${messageOf(error)}`);
        this.tell({ type: 'failed', id, message: messageOf(error) });
      }
    }
  }

  private async insert(tag: string): Promise<void> {
    const editor = promptEditor();
    if (editor === undefined) {
      this.tellTarget();
      return;
    }
    try {
      await insertTag(this.server, editor, tag);
    } catch (error) {
      void vscode.window.showErrorMessage(`Kohaku: ${messageOf(error)}`);
    }
  }

  private tell(message: ToPage): void {
    void this.view?.webview.postMessage(message);
  }

  private tellTarget(): void {
    this.tell({ type: 'target', present: promptEditor() !== undefined });
  }

  private tellWanted(): void {
    if (this.wanted !== undefined && this.view !== undefined) {
      this.tell({ type: 'show', tag: this.wanted });
    }
  }

  private face(): ServerFace {
    switch (this.server.state) {
      case 'ready':
      case 'degraded': return 'ready';
      case 'stopped': return 'stopped';
      default: return 'starting';
    }
  }

  private page(webview: vscode.Webview): string {
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.extension, 'dist', 'tagBrowser', name)).toString();
    return webviewPage({ title: 'Tags', cspSource: webview.cspSource, nonce: crypto.randomBytes(16).toString('base64'), style: file('page.css'), script: file('page.js') });
  }
}
