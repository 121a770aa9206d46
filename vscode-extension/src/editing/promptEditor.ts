import * as vscode from 'vscode';
import { languageId } from '../language';

/** The editor that commands mean: the active one, or, where a view has the focus, the one prompt that is seen. */
export function promptEditor(): vscode.TextEditor | undefined {
  const active = vscode.window.activeTextEditor;
  if (active?.document.languageId === languageId) {
    return active;
  }
  const visible = vscode.window.visibleTextEditors.filter(editor => editor.document.languageId === languageId);
  return visible.length === 1 ? visible[0] : undefined;
}
