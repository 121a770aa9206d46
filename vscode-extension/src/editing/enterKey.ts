import * as vscode from 'vscode';

const walked = 'kohaku.suggestionWalked';

/**
 * Enter starts a line: a list that opened by itself must not take it. Who walks the list with the arrows wants what is chosen there, so then Enter takes
 * it. VS Code has no key context for that: the first arrow key runs this command before it moves the choice, and any movement of the cursor ends it.
 */
export function watchSuggestions(): vscode.Disposable {
  let isWalked = false;
  const set = async (value: boolean): Promise<void> => {
    if (isWalked !== value) {
      isWalked = value;
      await vscode.commands.executeCommand('setContext', walked, value);
    }
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand(walked, () => set(true)),
    vscode.window.onDidChangeTextEditorSelection(() => void set(false)),
  );
}
