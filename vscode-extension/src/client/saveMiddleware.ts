import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { SaveBudget, within } from './saveBudget';

/** Kinds that `editor.codeActionsOnSave` can ask us for. */
const savedKinds = ['source.fixAll', 'source.sortSections'];

/**
 * Keeps saves quick: requests that a save may have made get nothing once its budget is spent. VS Code does not tell whether a save asked, so what
 * counts is whether saving is set to ask for it.
 */
export class SaveMiddleware implements vscode.Disposable {
  private readonly budget = new SaveBudget();
  /** The documents of actions whose edits are still to be asked for. */
  private readonly documents = new WeakMap<vscode.CodeAction, vscode.TextDocument>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly log: vscode.LogOutputChannel) {
    this.subscriptions = [
      vscode.workspace.onDidSaveTextDocument(document => this.budget.end(document.uri.toString())),
      vscode.workspace.onDidCloseTextDocument(document => this.budget.end(document.uri.toString())),
    ];
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  readonly middleware: Middleware = {
    provideDocumentFormattingEdits: (document, options, token, next) =>
      formatsOnSave(document) ? this.limit(document, token, limited => next(document, options, limited)) : next(document, options, token),

    provideDocumentRangeFormattingEdits: (document, range, options, token, next) =>
      formatsOnSave(document) ? this.limit(document, token, limited => next(document, range, options, limited)) : next(document, range, options, token),

    provideCodeActions: async (document, range, context, token, next) => {
      if (!actsOnSave(document, context.only)) {
        return next(document, range, context, token);
      }
      const actions = await this.limit(document, token, limited => next(document, range, context, limited));
      for (const action of actions ?? []) {
        if (action instanceof vscode.CodeAction) {
          this.documents.set(action, document);
        }
      }
      return actions;
    },

    resolveCodeAction: (action, token, next) => {
      const document = this.documents.get(action);
      return document === undefined ? next(action, token) : this.limit(document, token, limited => next(action, limited));
    },
  };

  private async limit<T>(document: vscode.TextDocument, token: vscode.CancellationToken, ask: (token: vscode.CancellationToken) => vscode.ProviderResult<T>): Promise<T | undefined | null> {
    const uri = document.uri.toString();
    const left = this.budget.left(uri);
    if (left === 0) {
      return undefined;
    }
    const waited = this.budget.begin(uri);
    const source = new vscode.CancellationTokenSource();
    const forward = token.onCancellationRequested(() => source.cancel());
    try {
      const answer = await within(left, Promise.resolve(ask(source.token)), () => source.cancel());
      if (!answer.late) {
        return answer.value;
      }
      this.log.warn(`No answer within ${SaveBudget.limit} ms; ${document.uri.path} is saved as it is.`);
      vscode.window.setStatusBarMessage('Kohaku: the language server took too long; saved as it is', 5_000);
      return undefined;
    } finally {
      waited();
      forward.dispose();
      source.dispose();
    }
  }
}

/** Whether the document is dirty is no sign of a save: the extension host may still have it as clean when a save asks to format it. */
function formatsOnSave(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('editor', document).get('formatOnSave') === true;
}

function actsOnSave(document: vscode.TextDocument, only: vscode.CodeActionKind | undefined): boolean {
  if (only === undefined || !savedKinds.some(kind => only.value === kind || only.value.startsWith(`${kind}.`) || only.value === 'source')) {
    return false;
  }
  const setting = vscode.workspace.getConfiguration('editor', document).get<Record<string, unknown> | string[]>('codeActionsOnSave', {});
  return Array.isArray(setting) ? setting.length > 0 : Object.values(setting).some(value => value !== false && value !== 'never');
}
