import * as vscode from 'vscode';
import type { LanguageServer } from '../client/LanguageServer';
import type { EditAction, EditResult } from '../protocol';

/** Someone types on while the server thinks; after so many answers to texts that are gone it is left. */
const attempts = 4;

/** Asks for a change at the editor's selections and makes it: one undo step, selections kept as the server says. */
export async function runEditAction(server: LanguageServer, editor: vscode.TextEditor, action: EditAction): Promise<void> {
  const { code2ProtocolConverter } = server.convert;
  const done = await applyLatest(server, editor, (version, uri) => server.request('kohaku/edit', {
    textDocument: { uri, version },
    selections: editor.selections.map(selection => code2ProtocolConverter.asRange(selection)),
    action,
  }));
  if (done === null) {
    vscode.window.setStatusBarMessage('Kohaku: nothing to change here', 3_000);
  } else if (done.message) {
    vscode.window.setStatusBarMessage(`Kohaku: ${done.message}`, 5_000);
  }
}

/** Writes a tag at the cursor as the model wants it, with the commas that it takes. */
export async function insertTag(server: LanguageServer, editor: vscode.TextEditor, tag: string): Promise<void> {
  const { code2ProtocolConverter } = server.convert;
  await applyLatest(server, editor, (version, uri) => server.request('kohaku/insertTag', {
    textDocument: { uri, version },
    position: code2ProtocolConverter.asPosition(editor.selection.active),
    tag,
  }));
}

/**
 * Makes a change that was computed for exactly the text that stands there, and asks again where the text moved on meanwhile.
 * Null when there is nothing to change.
 */
async function applyLatest(server: LanguageServer, editor: vscode.TextEditor, ask: (version: number, uri: string) => Promise<EditResult | null>): Promise<EditResult | null> {
  const { protocol2CodeConverter, code2ProtocolConverter } = server.convert;
  const { document } = editor;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const result = await ask(document.version, code2ProtocolConverter.asUri(document.uri));
    if (result === null) {
      return null;
    }
    if (result.version !== document.version) {
      continue;
    }
    const reversed = editor.selections.map(selection => selection.isReversed);
    const edits = await protocol2CodeConverter.asTextEdits(result.edits) ?? [];
    const applied = edits.length === 0 || await editor.edit(
      builder => edits.forEach(edit => builder.replace(edit.range, edit.newText)),
      { undoStopBefore: true, undoStopAfter: true });
    if (applied) {
      if (result.selections.length > 0) {
        editor.selections = result.selections.map((range, i) => {
          const { start, end } = protocol2CodeConverter.asRange(range);
          return reversed[i] ? new vscode.Selection(end, start) : new vscode.Selection(start, end);
        });
        editor.revealRange(editor.selection);
      }
      return result;
    }
  }
  throw new Error('The text changed faster than it could be edited; nothing was changed.');
}
