import * as vscode from 'vscode';
import type { LanguageServer } from '../client/LanguageServer';
import type { CommandId } from '../commandIds';

/** What the status bar item opens: the things one wants when one looks at it. */
export async function showMenu(server: LanguageServer): Promise<void> {
  const { status } = server;
  const item = (label: string, command: CommandId, description = ''): vscode.QuickPickItem & { command: CommandId } => ({ label, description, command });
  const items = [
    item('$(gear) Settings', 'kohaku.openSettings', status === null ? '' : `${status.profile}, ${status.dialect}`),
    item('$(json) kohaku.json', 'kohaku.openConfiguration', status?.configuration ? vscode.workspace.asRelativePath(status.configuration) : 'none yet'),
    item('$(tag) Browse tags', 'kohaku.browseTags', status?.database ? `${status.database.tags.toLocaleString('en')} tags` : ''),
    item('$(book) Explain a rule', 'kohaku.explainRule'),
    item('$(output) Show log', 'kohaku.showLog', status?.message ?? ''),
    item('$(debug-restart) Restart language server', 'kohaku.restartServer', status === null ? '' : `version ${status.version}`),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: `Kohaku: ${server.state}` });
  if (picked !== undefined) {
    await vscode.commands.executeCommand(picked.command);
  }
}
