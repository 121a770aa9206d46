import * as crypto from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { webviewPage } from '../webviewPage';
import type { GenerationStore } from './GenerationStore';
import { readFromPage, type FromPage, type ToPage } from './panelMessages';
import type { PanelState } from './panelState';

/** The panel: one page beside the editor that shows the store's state and hands on what is pressed. */
export class GenerationPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  static readonly type = 'kohaku.generation';

  private panel: vscode.WebviewPanel | undefined;
  private roots = new Set<string>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly extension: vscode.Uri, private readonly store: GenerationStore, private readonly receive: (message: FromPage) => unknown) {
    this.subscriptions = [store.onDidChange(changed => this.tell(changed)), vscode.window.registerWebviewPanelSerializer(GenerationPanel.type, this)];
  }

  dispose(): void {
    this.panel?.dispose();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  get isOpen(): boolean {
    return this.panel !== undefined;
  }

  /** Shows the panel; the focus goes to it only where someone asked for the panel itself. */
  show(preserveFocus: boolean): void {
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, preserveFocus);
      return;
    }
    this.adopt(vscode.window.createWebviewPanel(GenerationPanel.type, 'Generation', { viewColumn: vscode.ViewColumn.Beside, preserveFocus }));
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.panel?.dispose();
    this.adopt(panel);
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel = panel;
    panel.iconPath = { light: vscode.Uri.joinPath(this.extension, 'icons', 'prompt-light.svg'), dark: vscode.Uri.joinPath(this.extension, 'icons', 'prompt-dark.svg') };
    panel.webview.onDidReceiveMessage((data: unknown) => {
      const message = readFromPage(data);
      if (message?.type === 'loaded') {
        this.tell(this.store.state);
      }
      return message && this.receive(message);
    });
    panel.onDidDispose(() => { if (this.panel === panel) { this.panel = undefined; } });
    this.roots = new Set([...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath), ...this.store.state.history.map(image => path.dirname(image.path))]);
    this.open(panel.webview);
    panel.webview.html = this.page(panel.webview);
  }

  private tell(changed: Partial<PanelState>): void {
    const webview = this.panel?.webview;
    if (webview === undefined) {
      return;
    }
    const { history } = changed;
    if (history === undefined) {
      void webview.postMessage({ type: 'state', changed } satisfies ToPage);
      return;
    }
    this.admit(webview, history.map(image => path.dirname(image.path)));
    const sources = Object.fromEntries(history.map(image => [image.path, webview.asWebviewUri(vscode.Uri.file(image.path)).toString()]));
    void webview.postMessage({ type: 'state', changed, sources } satisfies ToPage);
  }

  /** Lets the page load images of folders that it could not yet. That loads the page anew, which then asks for the state. */
  private admit(webview: vscode.Webview, folders: string[]): void {
    const isKnown = (folder: string): boolean => [...this.roots].some(root => folder === root || folder.startsWith(root.endsWith(path.sep) ? root : root + path.sep));
    const unknown = new Set(folders.filter(folder => !isKnown(folder)));
    if (unknown.size > 0) {
      this.roots = new Set([...this.roots, ...unknown]);
      this.open(webview);
    }
  }

  private open(webview: vscode.Webview): void {
    webview.options = { enableScripts: true, localResourceRoots: [this.dist, ...[...this.roots].map(root => vscode.Uri.file(root))] };
  }

  private get dist(): vscode.Uri {
    return vscode.Uri.joinPath(this.extension, 'dist', 'generation');
  }

  private page(webview: vscode.Webview): string {
    const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.dist, name)).toString();
    return webviewPage({ title: 'Generation', cspSource: webview.cspSource, nonce: crypto.randomBytes(16).toString('base64'), style: file('page.css'), script: file('page.js'), images: true });
  }
}
