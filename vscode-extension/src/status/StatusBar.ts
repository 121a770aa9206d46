import * as vscode from 'vscode';
import { messageOf, type LanguageServer } from '../client/LanguageServer';
import { linkedCommandIds } from '../commandIds';
import { promptEditor } from '../editing/promptEditor';
import type { GenerationStore } from '../generation/GenerationStore';
import { progressText } from '../generation/progressText';
import type { PromptStatus } from '../protocol';
import { countOf, statusFace } from './statusText';

/** Milliseconds of quiet before the server is asked: while one types, the count of the word before last helps nobody. */
const quiet = 120;

/** One item: model, tokens of the prompt at the cursor, and whether something in it wants to be looked at. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('kohaku.status', vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private asked: vscode.CancellationTokenSource | undefined;
  private prompt: PromptStatus | null = null;

  constructor(private readonly server: LanguageServer, private readonly generation: GenerationStore) {
    this.item.name = 'Kohaku';
    const ofOurs = (document: vscode.TextDocument): boolean => document === promptEditor()?.document;
    this.subscriptions = [
      this.item,
      server.onDidChange(() => { this.show(); this.ask(0); }),
      generation.onDidChange(changed => { if ('job' in changed || 'history' in changed) { this.show(); } }),
      vscode.window.onDidChangeActiveTextEditor(() => { this.prompt = null; this.show(); this.ask(0); }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => { if (ofOurs(textEditor.document)) { this.ask(quiet); } }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => { if (ofOurs(document)) { this.ask(quiet); } }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const uri = promptEditor()?.document.uri.toString();
        if (uris.some(changed => changed.toString() === uri)) { this.ask(quiet); }
      }),
    ];
    this.show();
    this.ask(0);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked?.cancel();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private ask(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), delay);
  }

  private async refresh(): Promise<void> {
    const editor = promptEditor();
    const { state } = this.server;
    if (editor === undefined || (state !== 'ready' && state !== 'degraded')) {
      this.prompt = null;
      this.show();
      return;
    }
    this.asked?.cancel();
    const asked = this.asked = new vscode.CancellationTokenSource();
    const { code2ProtocolConverter } = this.server.convert;
    try {
      const prompt = await this.server.request('kohaku/promptStatus', {
        textDocument: code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
        position: code2ProtocolConverter.asPosition(editor.selection.active),
      }, asked.token);
      if (asked === this.asked) {
        this.prompt = prompt;
        this.show();
      }
    } catch (error) {
      if (!asked.token.isCancellationRequested) {
        this.server.log.debug(`kohaku/promptStatus: ${messageOf(error)}`);
      }
    }
  }

  private show(): void {
    const { state } = this.server;
    const seen = promptEditor() !== undefined;
    const { job } = this.generation.state;
    if (!seen && state !== 'stopped' && job === null) {
      this.item.hide();
      return;
    }
    const face = statusFace(state, this.prompt, job);
    this.item.text = face.text;
    this.item.accessibilityInformation = { label: face.accessibilityLabel, role: 'button' };
    this.item.backgroundColor = face.level === 'normal' ? undefined : new vscode.ThemeColor(`statusBarItem.${face.level}Background`);
    this.item.command = job === null ? 'kohaku.showMenu' : 'kohaku.showGeneration';
    this.item.tooltip = this.tooltip();
    this.item.show();
  }

  private tooltip(): vscode.MarkdownString {
    const text = new vscode.MarkdownString('', true);
    text.isTrusted = { enabledCommands: linkedCommandIds };
    const { status, state } = this.server;
    const { job, history, offer } = this.generation.state;
    if (job !== null) {
      text.appendText(`${job.label}: ${progressText(job)}`).appendMarkdown('  \n[Show](command:kohaku.showGeneration) · [Cancel](command:kohaku.cancelGeneration)\n\n---\n\n');
    }
    if (this.prompt !== null) {
      const { prompt, prompts, tokens, chunks, negativeTokens, findings } = this.prompt;
      text.appendMarkdown(`**Prompt ${prompt + 1} of ${prompts}**: ${countOf(tokens, 'token')} in ${countOf(chunks, 'chunk')}`);
      text.appendMarkdown(negativeTokens ? `, negative ${countOf(negativeTokens, 'token')}` : '');
      text.appendMarkdown(`, ${findings === 0 ? 'no findings' : countOf(findings, 'finding')}\n\n---\n\n`);
    }
    if (status === null) {
      text.appendMarkdown(state === 'stopped' ? 'The language server is not running.' : 'The language server is starting.');
    } else {
      if (status.message) {
        text.appendMarkdown('$(warning) ').appendText(status.message).appendMarkdown('\n\n');
      }
      row(text, 'Model', `${status.profile}, ${status.dialect === 'comfyui' ? 'ComfyUI' : 'AUTOMATIC1111'}`);
      row(text, 'Tags', status.database === null ? 'none' : `${status.database.tags.toLocaleString('en')} (${status.database.source})`);
      text.appendMarkdown('Configuration: ');
      text.appendMarkdown(status.configuration ? `[${escapeMarkdown(vscode.workspace.asRelativePath(status.configuration))}](command:kohaku.openConfiguration)` : 'defaults');
      text.appendMarkdown('  \n');
      if (offer?.device) {
        row(text, 'Device', offer.device);
      }
      if (history[0] !== undefined) {
        text.appendMarkdown('Last image: ').appendText(`${history[0].width} × ${history[0].height}, seed ${history[0].seed} `).appendMarkdown('[Show](command:kohaku.showGeneration)  \n');
      }
      row(text, 'Server', `${status.version}, ${Math.round(status.memory / 2 ** 20)} MB`);
    }
    text.appendMarkdown('\n\n[Restart](command:kohaku.restartServer) · [Log](command:kohaku.showLog) · [Settings](command:kohaku.openSettings)');
    return text;
  }
}

function row(text: vscode.MarkdownString, name: string, value: string): void {
  text.appendMarkdown(`${name}: `).appendText(value).appendMarkdown('  \n');
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>]/g, '\\$&');
}
