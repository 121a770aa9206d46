// Makes model.json: what the server uses of the Language Server Protocol's machine-readable model, without the prose.
//   node make-model.mjs metaModel.json > model.json
// The model is protocol/metaModel.json of microsoft/vscode-languageserver-node (MIT).
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const methods = [
  'initialize', 'initialized', 'shutdown', 'exit', '$/cancelRequest', '$/setTrace', '$/progress',
  'textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'textDocument/didSave',
  'textDocument/diagnostic', 'workspace/diagnostic', 'textDocument/publishDiagnostics', 'workspace/diagnostic/refresh',
  'textDocument/completion', 'completionItem/resolve', 'textDocument/hover', 'textDocument/codeAction', 'codeAction/resolve',
  'textDocument/semanticTokens/full', 'textDocument/semanticTokens/full/delta', 'textDocument/semanticTokens/range', 'workspace/semanticTokens/refresh',
  'textDocument/inlayHint', 'inlayHint/resolve', 'workspace/inlayHint/refresh', 'textDocument/documentSymbol', 'workspace/symbol', 'workspaceSymbol/resolve',
  'textDocument/foldingRange', 'textDocument/selectionRange', 'textDocument/documentHighlight', 'textDocument/linkedEditingRange', 'textDocument/references',
  'textDocument/prepareRename', 'textDocument/rename', 'textDocument/documentLink', 'documentLink/resolve',
  'textDocument/codeLens', 'codeLens/resolve', 'workspace/codeLens/refresh',
  'textDocument/formatting', 'textDocument/rangeFormatting', 'textDocument/rangesFormatting', 'textDocument/onTypeFormatting',
  'workspace/executeCommand', 'workspace/applyEdit', 'workspace/configuration', 'workspace/didChangeConfiguration',
  'workspace/didChangeWatchedFiles', 'workspace/didChangeWorkspaceFolders', 'client/registerCapability', 'client/unregisterCapability',
  'window/logMessage', 'window/showMessage', 'window/showMessageRequest', 'window/workDoneProgress/create', 'window/workDoneProgress/cancel',
];
// Used by no method's type: what $/progress carries, and the options of registrations.
const more = ['WorkDoneProgressBegin', 'WorkDoneProgressReport', 'WorkDoneProgressEnd', 'DidChangeWatchedFilesRegistrationOptions'];

/** The part of a model that the server uses, by kind and name. */
export function extract(model) {
  const kinds = ['structures', 'enumerations', 'typeAliases'];
  const byName = new Map(kinds.flatMap(kind => model[kind].map(item => [item.name, [kind, item]])));
  const found = new Set();
  const reach = node => {
    if (Array.isArray(node)) node.forEach(reach);
    else if (node && typeof node === 'object') {
      if (node.kind === 'reference') name(node.name);
      Object.values(node).forEach(reach);
    }
  };
  const name = wanted => {
    if (found.has(wanted)) return;
    found.add(wanted);
    reach(byName.get(wanted)[1]);
  };
  const messages = kind => model[kind].filter(item => methods.includes(item.method))
    .map(({ method, messageDirection, params, result, partialResult }) => ({ method, messageDirection, params, result, partialResult }));
  const [requests, notifications] = [messages('requests'), messages('notifications')];
  const missing = methods.filter(method => ![...requests, ...notifications].some(item => item.method === method));
  if (missing.length) throw new Error(`the model has no ${missing.join(', ')}`);
  reach([requests, notifications]);
  more.forEach(name);
  const result = { version: model.metaData.version, requests, notifications };
  for (const kind of kinds) result[kind] = model[kind].filter(item => found.has(item.name)).map(bare);
  return result;
}

/** The extract as text: one item a line. */
export function write(extracted) {
  const lines = [`{"version": ${JSON.stringify(extracted.version)}`];
  for (const [kind, items] of Object.entries(extracted)) {
    if (Array.isArray(items)) lines.push(`"${kind}": [\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`);
  }
  return `${lines.join(',\n')}}\n`;
}

function bare(node) {
  if (Array.isArray(node)) return node.map(bare);
  if (!node || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).filter(([key, value]) => !(key === 'documentation' && typeof value === 'string') && !['since', 'sinceTags', 'proposed', 'deprecated'].includes(key)).map(([key, value]) => [key, bare(value)]));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(write(extract(JSON.parse(readFileSync(process.argv[2], 'utf8')))));
}
