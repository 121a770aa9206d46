import * as vscode from 'vscode';
import type { TextEdit } from 'vscode-languageclient/node';
import type { LanguageServer } from '../client/LanguageServer';

/** What a hover's link asks for: a finding's fix, for the text that the hover was made for. */
interface FixCall { textDocument: { uri: string; version: number | null }; edits: TextEdit[] }

/** Makes the fix that a hover offers, unless the text moved on since. */
export async function applyFix(server: LanguageServer, { textDocument, edits }: FixCall): Promise<void> {
  const { protocol2CodeConverter } = server.convert;
  const uri = protocol2CodeConverter.asUri(textDocument.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  if (textDocument.version !== null && document.version !== textDocument.version) {
    vscode.window.setStatusBarMessage('Kohaku: the text changed meanwhile; point at the tag again', 5_000);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, await protocol2CodeConverter.asTextEdits(edits) ?? []);
  await vscode.workspace.applyEdit(edit);
}
