// The native server under the official client library. Every reply has the shape that the protocol's model gives it and passes the library's own guards.
//   KOHAKU_LSP=/path/to/kohaku node --test
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { reply, told } from './validate.mjs';

const lsp = createRequire(import.meta.url)('vscode-languageserver-protocol/node');
const program = process.env.KOHAKU_LSP ?? new URL('../../artifacts/kohaku/kohaku', import.meta.url).pathname;
const text = [
  '1girl, hatsune miku, long_hair, (blue eyes:1.2), ((smile)), smile, masterpiece',
  'BREAK looking at viewer, <lora:style:0.8>, __color__, [red:green:0.5], \\(watermark\\)',
  'Negative prompt: lowres, bad_hands, (worst quality:1.4)',
  'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 1, Size: 832x1216',
  '---',
  '1boy, solo, longhair, eyes blue, hatsu',
  '',
].join('\n');

/** A server with one open document, and all that it said of itself. */
async function start(capabilities) {
  const folder = mkdtempSync(join(tmpdir(), 'kohaku-protocol-'));
  writeFileSync(join(folder, 'b.prompt'), 'solo, long_hair\n');
  const server = spawn(program, ['lsp', '--stdio'], { env: { ...process.env, KOHAKU_DATA: folder }, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = lsp.createProtocolConnection(new lsp.StreamMessageReader(server.stdout), new lsp.StreamMessageWriter(server.stdin));
  const messages = [];
  const broken = [];
  connection.onError(([error]) => broken.push(error));
  connection.onUnhandledNotification(message => messages.push(message));
  connection.onNotification((method, params) => { messages.push({ method, params }); });
  connection.onRequest((method, params) => {
    messages.push({ method, params });
    return method === 'workspace/configuration' ? params.items.map(() => null) : null;
  });
  connection.listen();
  const initialized = await connection.sendRequest('initialize', {
    processId: process.pid, rootUri: null, capabilities, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
  });
  await connection.sendNotification('initialized', {});
  const uri = pathToFileURL(join(folder, 'a.prompt')).href;
  await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'kohaku-prompt', version: 1, text } });
  return {
    connection, initialized, messages, broken, uri,
    async stop() {
      await connection.sendRequest('shutdown');
      const code = new Promise(resolve => server.once('exit', resolve));
      await connection.sendNotification('exit');
      assert.equal(await code, 0);
      connection.dispose();
      rmSync(folder, { recursive: true });
    },
  };
}

const dynamic = { dynamicRegistration: true };
const full = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  workspace: {
    applyEdit: true, workspaceEdit: { documentChanges: true }, configuration: true, workspaceFolders: true, didChangeConfiguration: dynamic, didChangeWatchedFiles: dynamic,
    diagnostics: { refreshSupport: true }, semanticTokens: { refreshSupport: true }, inlayHint: { refreshSupport: true }, codeLens: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false },
    completion: { completionItem: { labelDetailsSupport: true, documentationFormat: ['markdown'], insertReplaceSupport: true }, completionList: { itemDefaults: ['editRange'] } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true, dataSupport: true, resolveSupport: { properties: ['edit'] } },
    hover: { contentFormat: ['markdown'] }, documentSymbol: { hierarchicalDocumentSymbolSupport: true }, foldingRange: {}, rename: { prepareSupport: true },
  },
};

// What the library can tell of a result, for those of its types that have a guard.
const { types } = { types: lsp };
const each = guard => value => value === null || value.every(guard);
const maybe = guard => value => value === null || guard(value);
const action = value => types.Command.is(value) || types.CodeAction.is(value);
const guards = {
  'textDocument/diagnostic': value => value.items.every(types.Diagnostic.is),
  'textDocument/hover': maybe(types.Hover.is),
  'textDocument/completion': maybe(value => (value.items ?? value).every(item => typeof item.label === 'string' && (!item.textEdit || types.TextEdit.is(item.textEdit) || types.InsertReplaceEdit.is(item.textEdit)))),
  // One whose edit comes later is looked at when it is resolved.
  'textDocument/codeAction': each(value => action(value) || (value.data !== undefined && !value.edit && !value.command)),
  'textDocument/semanticTokens/full': maybe(types.SemanticTokens.is),
  'textDocument/semanticTokens/range': maybe(types.SemanticTokens.is),
  'textDocument/inlayHint': each(types.InlayHint.is),
  'textDocument/foldingRange': each(types.FoldingRange.is),
  'textDocument/selectionRange': each(types.SelectionRange.is),
  'textDocument/references': each(types.Location.is),
  'textDocument/rename': maybe(types.WorkspaceEdit.is),
  'textDocument/documentLink': each(types.DocumentLink.is),
  'textDocument/codeLens': each(types.CodeLens.is),
  'textDocument/formatting': each(types.TextEdit.is),
  'textDocument/rangeFormatting': each(types.TextEdit.is),
  'textDocument/onTypeFormatting': each(types.TextEdit.is),
  'textDocument/documentHighlight': each(value => types.Range.is(value.range)),
};

const lines = text.split('\n');
const places = lines.flatMap((line, at) => [...Array(Math.ceil((line.length + 1) / 7)).keys()].map(i => ({ line: at, character: i * 7 })));
const whole = { start: { line: 0, character: 0 }, end: { line: lines.length - 1, character: 0 } };
const options = { tabSize: 4, insertSpaces: true };
const scenarios = [
  ['textDocument/diagnostic', c => c.diagnosticProvider],
  ['workspace/diagnostic', c => c.diagnosticProvider?.workspaceDiagnostics, () => [{ previousResultIds: [] }]],
  ['textDocument/completion', c => c.completionProvider, atPlaces],
  ['textDocument/hover', c => c.hoverProvider, atPlaces],
  ['textDocument/codeAction', c => c.codeActionProvider, (document, diagnostics) => [
    { ...document, range: whole, context: { diagnostics } }, ...diagnostics.map(item => ({ ...document, range: item.range, context: { diagnostics: [item], only: ['quickfix'] } })),
    ...places.map(start => ({ ...document, range: { start, end: start }, context: { diagnostics: [] } }))]],
  ['textDocument/semanticTokens/full', c => c.semanticTokensProvider?.full],
  ['textDocument/semanticTokens/range', c => c.semanticTokensProvider?.range, inRange],
  ['textDocument/inlayHint', c => c.inlayHintProvider, inRange],
  ['textDocument/documentSymbol', c => c.documentSymbolProvider],
  ['workspace/symbol', c => c.workspaceSymbolProvider, () => [{ query: '' }, { query: 'girl' }]],
  ['textDocument/foldingRange', c => c.foldingRangeProvider],
  ['textDocument/selectionRange', c => c.selectionRangeProvider, document => [{ ...document, positions: places }]],
  ['textDocument/documentHighlight', c => c.documentHighlightProvider, atPlaces],
  ['textDocument/linkedEditingRange', c => c.linkedEditingRangeProvider, atPlaces],
  ['textDocument/references', c => c.referencesProvider, document => atPlaces(document).map(params => ({ ...params, context: { includeDeclaration: true } }))],
  ['textDocument/prepareRename', c => c.renameProvider?.prepareProvider, document => [{ ...document, position: { line: 0, character: 8 } }]],
  ['textDocument/rename', c => c.renameProvider, document => [{ ...document, position: { line: 0, character: 8 }, newName: 'kagamine rin' }]],
  ['textDocument/documentLink', c => c.documentLinkProvider],
  ['textDocument/codeLens', c => c.codeLensProvider],
  ['textDocument/formatting', c => c.documentFormattingProvider, document => [{ ...document, options }]],
  ['textDocument/rangeFormatting', c => c.documentRangeFormattingProvider, document => [{ ...document, range: whole, options }]],
  ['textDocument/onTypeFormatting', c => c.documentOnTypeFormattingProvider, document => places.map(position => ({ ...document, position, ch: ',', options }))],
];

function atPlaces(document) { return places.map(position => ({ ...document, position })); }
function inRange(document) { return [{ ...document, range: whole }]; }

describe('a client that can do everything', () => {
  let session;
  before(async () => { session = await start(full); });
  after(async () => {
    await session.stop();
    assert.deepEqual(session.broken, []);
    for (const { method, params } of session.messages) assert.deepEqual(told(method, params), []);
  });

  test('initialize', () => assert.deepEqual(reply('initialize', session.initialized), []));

  for (const [method, offered, parameters = document => [document]] of scenarios) {
    test(method, async () => {
      const { connection, uri } = session;
      assert.ok(offered(session.initialized.capabilities), `${method} is not offered`);
      const document = { textDocument: { uri } };
      const { items } = await connection.sendRequest('textDocument/diagnostic', document);
      for (const params of parameters(document, items)) {
        const result = await connection.sendRequest(method, params);
        assert.deepEqual(reply(method, result), [], JSON.stringify(params));
        assert.ok(guards[method]?.(result) ?? true, `${method}: the library's guard refuses ${JSON.stringify(result).slice(0, 400)}`);
        await resolve(connection, session.initialized.capabilities, method, result);
      }
    });
  }

  test('semantic tokens as a difference', async () => {
    const document = { textDocument: { uri: session.uri } };
    const { resultId } = await session.connection.sendRequest('textDocument/semanticTokens/full', document);
    const result = await session.connection.sendRequest('textDocument/semanticTokens/full/delta', { ...document, previousResultId: resultId });
    assert.deepEqual(reply('textDocument/semanticTokens/full/delta', result), []);
  });
});

/** Resolves the first items of a result, where that is offered. */
async function resolve(connection, capabilities, method, result) {
  const [kind, provider] = { 'textDocument/completion': ['completionItem/resolve', 'completionProvider'], 'textDocument/codeAction': ['codeAction/resolve', 'codeActionProvider'], 'textDocument/codeLens': ['codeLens/resolve', 'codeLensProvider'], 'textDocument/documentLink': ['documentLink/resolve', 'documentLinkProvider'] }[method] ?? [];
  if (!kind || !capabilities[provider].resolveProvider) return;
  const items = (result?.items ?? result ?? []).filter(item => kind !== 'codeAction/resolve' || (item.kind && !item.edit));
  for (const item of items.slice(0, 3)) {
    const resolved = await connection.sendRequest(kind, item);
    assert.deepEqual(reply(kind, resolved), []);
    if (kind === 'codeAction/resolve') assert.ok(action(resolved), JSON.stringify(resolved));
  }
}

test('a client that is sent findings', async () => {
  const session = await start({ textDocument: { publishDiagnostics: {} } });
  while (!session.messages.some(message => message.method === 'textDocument/publishDiagnostics')) await new Promise(setImmediate);
  const { params } = session.messages.find(message => message.method === 'textDocument/publishDiagnostics');
  assert.equal(params.uri, session.uri);
  assert.ok(params.diagnostics.length > 0 && params.diagnostics.every(types.Diagnostic.is));
  await session.stop();
  for (const message of session.messages) assert.deepEqual(told(message.method, message.params), []);
});
