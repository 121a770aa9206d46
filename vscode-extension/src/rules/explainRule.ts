import * as vscode from 'vscode';
import type { LanguageServer } from '../client/LanguageServer';
import { promptEditor } from '../editing/promptEditor';
import { rulesOf, type RuleEntry } from './ruleList';

const scheme = 'kohaku-rule';

/** Rule pages as documents, so that the editor's own Markdown preview shows them. */
export class RulePages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;

  constructor(private readonly server: LanguageServer, private readonly schema: vscode.Uri) {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  dispose(): void {
    this.registration.dispose();
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = uri.query;
    const page = await this.server.request('kohaku/explainRule', { rule });
    return page?.markdown ?? `There is no rule \`${rule}\`.`;
  }

  /** Shows a rule's page; asks which where none is named, those at the cursor first. */
  async explain(rule: unknown): Promise<void> {
    const wanted = typeof rule === 'string' ? rule : await this.choose();
    if (wanted === undefined) {
      return;
    }
    const page = await this.server.request('kohaku/explainRule', { rule: wanted });
    if (page === null) {
      void vscode.window.showWarningMessage(`Kohaku: there is no rule ${wanted}.`);
      return;
    }
    const uri = vscode.Uri.from({ scheme, path: `/${page.code} ${page.name}.md`, query: page.code });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  private async choose(): Promise<string | undefined> {
    const schema = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.schema));
    const rules = rulesOf(JSON.parse(schema));
    const here = codesAtCursor();
    const item = ({ code, name, severity }: RuleEntry): vscode.QuickPickItem & { code?: string } => ({ label: name, description: `${code} · ${severity}`, code });
    const items: (vscode.QuickPickItem & { code?: string })[] = rules.map(item);
    if (here.size > 0) {
      items.unshift(
        { label: 'At the cursor', kind: vscode.QuickPickItemKind.Separator }, ...rules.filter(rule => here.has(rule.code)).map(item),
        { label: 'All rules', kind: vscode.QuickPickItemKind.Separator });
    }
    const picked = await vscode.window.showQuickPick(items, { title: 'Explain a rule', placeHolder: 'Name or id of the rule', matchOnDescription: true });
    return picked?.code;
  }
}

function codesAtCursor(): Set<string> {
  const editor = promptEditor();
  if (editor === undefined) {
    return new Set();
  }
  const { line } = editor.selection.active;
  const found = vscode.languages.getDiagnostics(editor.document.uri).filter(({ source, range }) => source === 'kohaku' && range.start.line <= line && line <= range.end.line);
  return new Set(found.map(({ code }) => String(typeof code === 'object' ? code.value : code)));
}
