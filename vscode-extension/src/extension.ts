import * as vscode from 'vscode';
import { LanguageServer, messageOf } from './client/LanguageServer';
import { editCommands, type CommandId, type EditCommandId } from './commandIds';
import { openConfiguration } from './configurationFile';
import { insertTag, runEditAction } from './editing/applyEdit';
import { applyFix } from './editing/applyFix';
import { watchSuggestions } from './editing/enterKey';
import { promptEditor } from './editing/promptEditor';
import { Generation } from './generation/Generation';
import { languageId } from './language';
import { RulePages } from './rules/explainRule';
import { StatusBar } from './status/StatusBar';
import { showMenu } from './status/menu';
import { TagBrowser } from './tags/TagBrowser';
import { searchTags } from './tags/searchTags';

let server: LanguageServer | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Kohaku', { log: true });
  const kohaku = server = new LanguageServer(context, log);
  const rules = new RulePages(kohaku, vscode.Uri.joinPath(context.extensionUri, 'dist', 'kohaku.schema.json'));
  const browser = new TagBrowser(context.extensionUri, kohaku);
  const generation = new Generation(context, kohaku);
  context.subscriptions.push(log, kohaku, rules, browser, generation, new StatusBar(kohaku, generation.store), watchSuggestions());

  const handlers: Record<CommandId, (argument?: unknown) => unknown> = {
    ...edits(kohaku),
    'kohaku.applyFix': call => call === undefined ? undefined : applyFix(kohaku, call as Parameters<typeof applyFix>[1]),
    'kohaku.browseTags': () => vscode.commands.executeCommand(`${TagBrowser.view}.focus`),
    'kohaku.cancelGeneration': () => generation.cancel(),
    'kohaku.compareTag': () => generation.compareTag(),
    'kohaku.explainRule': rule => rules.explain(rule),
    'kohaku.forgetUsage': async () => {
      await kohaku.request('kohaku/clearUsage', {});
      vscode.window.setStatusBarMessage('Kohaku: forgot which tags were used', 5_000);
    },
    'kohaku.format': () => vscode.commands.executeCommand('editor.action.formatDocument'),
    'kohaku.generate': target => generation.generate(target),
    'kohaku.generateAll': () => generation.generateAll(),
    'kohaku.insertTag': tag => typeof tag === 'string' ? insertInto(kohaku, tag) : undefined,
    'kohaku.newPrompt': async () => vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: languageId })),
    'kohaku.openConfiguration': () => openConfiguration(kohaku.status?.configuration),
    'kohaku.openSettings': () => vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    'kohaku.openWalkthrough': () => vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
    'kohaku.restartServer': () => kohaku.restartNow(),
    'kohaku.searchTags': async () => {
      const tag = await searchTags(kohaku, found => void browser.show(found.name));
      return tag && insertInto(kohaku, tag.name);
    },
    'kohaku.showGeneration': () => generation.show(),
    'kohaku.showLog': () => log.show(true),
    'kohaku.showMenu': () => showMenu(kohaku),
    'kohaku.showTag': tag => typeof tag === 'string' ? browser.show(tag) : undefined,
  };
  for (const [id, run] of Object.entries(handlers)) {
    context.subscriptions.push(vscode.commands.registerCommand(id, argument => guarded(kohaku, id, () => run(argument))));
  }
  await kohaku.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

function edits(kohaku: LanguageServer): Record<EditCommandId, () => unknown> {
  const entries = Object.entries(editCommands).map(([id, action]) => [id, () => {
    const editor = promptEditor();
    return editor === undefined ? noPrompt() : runEditAction(kohaku, editor, action);
  }] as const);
  return Object.fromEntries(entries) as Record<EditCommandId, () => unknown>;
}

async function insertInto(kohaku: LanguageServer, tag: string): Promise<void> {
  const editor = promptEditor();
  if (editor === undefined) {
    return noPrompt();
  }
  await insertTag(kohaku, editor, tag);
  await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
}

async function noPrompt(): Promise<void> {
  const create = 'New Prompt';
  if (await vscode.window.showInformationMessage('Kohaku: no prompt is open to do this in.', create) === create) {
    await vscode.commands.executeCommand('kohaku.newPrompt');
  }
}

/** What goes wrong in a command is said, with a way on, and never lost. */
async function guarded(kohaku: LanguageServer, id: string, run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    kohaku.log.error(`${id}: ${messageOf(error)}`);
    const [show, restart] = ['Show Log', 'Restart'] as const;
    void vscode.window.showErrorMessage(`Kohaku: ${messageOf(error)}`, show, restart).then(chosen =>
      chosen === show ? kohaku.log.show(true) : chosen === restart ? kohaku.restartNow() : undefined);
    return undefined;
  }
}
