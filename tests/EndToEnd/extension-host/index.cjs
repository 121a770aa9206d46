// Runs inside the extension host: VS Code calls run().
const assert = require('node:assert/strict');
const vscode = require('vscode');

async function until(what, look, limit = 30_000) {
  const end = Date.now() + limit;
  for (;;) {
    const result = await look();
    if (result) { return result; }
    if (Date.now() > end) { throw new Error(`timed out: ${what}`); }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
const inWorkspace = name => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
const extension = () => vscode.extensions.getExtension('kohaku.kohaku-lsp');

const tests = {
  async 'activates on a prompt'() {
    const document = await vscode.workspace.openTextDocument(inWorkspace('a.prompt'));
    await vscode.window.showTextDocument(document);
    assert.equal(document.languageId, 'kohaku-prompt');
    await until('activation', () => extension().isActive);
  },
  async 'registers every command that it declares'() {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(extension().packageJSON.contributes.commands.map(it => it.command).filter(id => !known.has(id)), []);
  },
  async 'sets the editor up for prompts'() {
    const editor = vscode.workspace.getConfiguration('editor', { languageId: 'kohaku-prompt' });
    assert.equal(editor.get('wordBasedSuggestions'), 'off');
    assert.equal(editor.get('acceptSuggestionOnEnter'), 'off');
    assert.equal(editor.get('defaultFormatter'), 'kohaku.kohaku-lsp');
    assert.deepEqual(editor.get('quickSuggestions'), { other: 'on', strings: 'on', comments: 'off' });
    assert.deepEqual(vscode.workspace.getConfiguration('editor').get('semanticTokenColorCustomizations').rules['*.weak:kohaku-prompt'], { italic: true });
  },
  async 'finds and mends'() {
    const uri = inWorkspace('a.prompt');
    const document = await vscode.workspace.openTextDocument(uri);
    const [found] = await until('diagnostics', () => { const all = vscode.languages.getDiagnostics(uri); return all.length > 0 && all; });
    assert.equal(found.source, 'kohaku');
    assert.equal(typeof found.code === 'object' ? found.code.value : found.code, 'KHK001');
    const actions = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, found.range, vscode.CodeActionKind.QuickFix.value, 10);
    const fix = actions.find(action => action.title === 'Write `long hair`');
    assert.ok(fix?.isPreferred, 'the safe fix is preferred');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), '1girl, long hair, solo');
    await until('no diagnostics', () => vscode.languages.getDiagnostics(uri).length === 0);
    await document.save();
  },
  async 'offers fix all and sort sections as source actions'() {
    const document = await vscode.workspace.openTextDocument({ language: 'kohaku-prompt', content: '1girl, long_hair, masterpiece, vocaloid' });
    await vscode.window.showTextDocument(document);
    for (const kind of ['source.fixAll.kohaku', 'source.sortSections.kohaku']) {
      const actions = await until(kind, async () => { const all = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, new vscode.Range(0, 0, 0, 0), kind); return all?.length > 0 && all; });
      assert.equal(actions[0].kind.value, kind);
    }
  },
  async 'completes through the API, replacing the whole tag'() {
    const document = await vscode.workspace.openTextDocument({ language: 'kohaku-prompt', content: '1girl, logn hair' });
    await vscode.window.showTextDocument(document);
    const list = await until('completion', async () => { const all = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(0, 16)); return all?.items.length > 0 && all; });
    const [first] = [...list.items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
    assert.equal(typeof first.label === 'string' ? first.label : first.label.label, 'long hair');
    const range = first.range?.replacing ?? first.range;
    assert.deepEqual([range.start.character, range.end.character], [7, 16]);
  },
  async 'turns a weight with the selection kept in its direction'() {
    const document = await vscode.workspace.openTextDocument({ language: 'kohaku-prompt', content: '1girl, smile, solo' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 12, 0, 7);
    await vscode.commands.executeCommand('kohaku.raiseWeight');
    assert.equal(document.getText(), '1girl, (smile:1.1), solo');
    assert.ok(editor.selection.isReversed);
  },
  async 'leaves other languages alone'() {
    const document = await vscode.workspace.openTextDocument({ language: 'plaintext', content: '1girl, long_hair' });
    await vscode.window.showTextDocument(document);
    const list = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(0, 8));
    assert.deepEqual(list.items.filter(item => item.label === 'long hair'), []);
    assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
  },
};

exports.run = async () => {
  let failed = 0;
  for (const [name, run] of Object.entries(tests)) {
    try {
      await run();
      console.log(`ok - ${name}`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${name}\n${error.stack ?? error}`);
    }
  }
  if (failed > 0) { throw new Error(`${failed} failed`); }
};
