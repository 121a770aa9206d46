import * as vscode from 'vscode';

const beginning = `{
  // What is not said here is the default: https://github.com/KohakuLsp/KohakuLsp/blob/main/docs/configuration.md
  "profile": "kohaku-xl-delta",
  "rules": {}
}
`;

/** Opens the kohaku.json in use. Where there is none a new one is written into an editor, to be saved or not. */
export async function openConfiguration(path: string | null | undefined): Promise<void> {
  if (path) {
    await vscode.window.showTextDocument(vscode.Uri.file(path));
    return;
  }
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    void vscode.window.showInformationMessage('Kohaku: open a folder first; kohaku.json lies in it.');
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, 'kohaku.json').with({ scheme: 'untitled' });
  const editor = await vscode.window.showTextDocument(uri);
  if (editor.document.getText() === '') {
    await editor.edit(builder => builder.insert(new vscode.Position(0, 0), beginning));
  }
}
