import * as crypto from 'node:crypto';
import * as vscode from 'vscode';
import type { LanguageServer } from '../client/LanguageServer';
import { languageId } from '../language';

/** Opens the prompt that a PNG keeps, as a new document. */
export async function openPromptOfImage(server: LanguageServer, image: vscode.Uri): Promise<void> {
  const { text } = await server.request('kohaku/imagePrompt', { uri: server.convert.code2ProtocolConverter.asUri(image) });
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
}

/** The same for an image of which only the bytes are known, as of one dropped from outside: it lies in our own folder while the server reads it. */
export async function openPromptOfBytes(server: LanguageServer, folder: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const file = vscode.Uri.joinPath(folder, `dropped-${crypto.randomUUID()}.png`);
  await vscode.workspace.fs.writeFile(file, bytes);
  try {
    await openPromptOfImage(server, file);
  } finally {
    await vscode.workspace.fs.delete(file);
  }
}
