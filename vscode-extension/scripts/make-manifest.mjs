// Writes what package.json takes from elsewhere: the settings, whose descriptions stand in data/schema/kohaku.schema.json, so that kohaku.json and
// the editor's settings never tell two stories. `npm run manifest` writes; `node scripts/make-manifest.mjs --check` fails if package.json is not current.
import fs from 'node:fs';
import path from 'node:path';

const here = path.resolve(import.meta.dirname, '..');
const manifestPath = path.join(here, 'package.json');
const schema = JSON.parse(fs.readFileSync(path.join(here, '../data/schema/kohaku.schema.json'), 'utf8'));

/** The defaults that the schema's descriptions name, as values. */
const stated = { true: true, false: false };

function described(key) {
  let node = schema;
  for (const part of key.split('.')) node = node.properties[part];
  const [, text, value] = /^(.*?)(?: Default: (.*)\.)?$/s.exec(node.description);
  return { ...node, text, value };
}
/** The profile has its own: null, and the description says so. */
function defaultOf({ value }) {
  if (value === undefined || value.startsWith('the profile')) return null;
  return value in stated ? stated[value] : JSON.parse(value);
}
const source = ' Unless it is set here, what `kohaku.json` says holds.';

function choice(key, values, enumDescriptions) {
  const node = described(key);
  return { type: 'string', enum: values, enumDescriptions, default: defaultOf(node), markdownDescription: node.text + source };
}
function yesNo(key) {
  const node = described(key);
  return { type: 'boolean', default: defaultOf(node), markdownDescription: node.text + source };
}
function number(key) {
  const node = described(key);
  const own = defaultOf(node) === null;
  return { type: own ? [node.type, 'null'] : node.type, minimum: node.minimum, maximum: node.maximum, default: defaultOf(node),
    markdownDescription: node.text + (own ? ` Default: ${node.value}.` : '') + source };
}
function texts(key, more = '') {
  return { type: 'array', items: { type: 'string' }, default: [], markdownDescription: described(key).text + ' Added to what `kohaku.json` says.' + more };
}

const severities = ['none', 'hint', 'info', 'warning', 'error'];
const rules = schema.definitions.rules;
const trusted = ' Used in trusted workspaces only.';
const window = { scope: 'window' };
const resource = { scope: 'resource' };

const prompts = {
  'kohaku.profile': { type: 'string', default: defaultOf(described('profile')), markdownDescription: described('profile').text + ' `kohaku-xl-delta`, `kohaku-xl-epsilon`, or the path of a profile of your own (`.json`).' + source, ...resource },
  'kohaku.dialect': { ...choice('dialect', ['a1111', 'comfyui'], ['AUTOMATIC1111 and its kin', 'ComfyUI']), ...resource },
  'kohaku.dynamicPrompts': { ...yesNo('dynamicPrompts'), ...resource },
  'kohaku.sentences': { ...choice('sentences', ['ignore', 'report'], ['Leave them alone', 'Report them as unknown tags']), ...resource },
  'kohaku.tokenLimit': { ...number('tokenLimit'), ...resource },
  'kohaku.thresholds.strong': { ...number('thresholds.strong'), ...resource },
  'kohaku.thresholds.weak': { ...number('thresholds.weak'), ...resource },
  'kohaku.emphasis.weak': { ...number('emphasis.weak'), ...resource },
  'kohaku.emphasis.maximum': { ...number('emphasis.maximum'), ...resource },
  'kohaku.format.linePerSection': { ...yesNo('format.linePerSection'), ...resource },
  'kohaku.format.explicitWeights': { ...yesNo('format.explicitWeights'), ...resource },
  'kohaku.exclude': { ...texts('exclude'), ...resource },
};
const tags = {
  'kohaku.tags.allow': { ...texts('tags.allow'), ...resource },
  'kohaku.tags.extra': { ...texts('tags.extra', trusted), ...resource },
  'kohaku.tags.translations': { ...texts('tags.translations', trusted), ...resource },
  'kohaku.tags.databases': { ...texts('tags.databases', trusted), ...resource },
  'kohaku.networks': { ...texts('networks', trusted), ...resource },
  'kohaku.embeddings': { ...texts('embeddings', trusted), ...resource },
  'kohaku.wildcards': { ...texts('wildcards', trusted), ...resource },
};
const ruleSettings = {
  'kohaku.rules': {
    type: 'object', default: {}, additionalProperties: false,
    markdownDescription: 'Severities of rules, by name, by id, by the beginning of an id (`KHK0`) or for `all`. Lies over what `kohaku.json` says.',
    patternProperties: rules.patternProperties,
    properties: Object.fromEntries(Object.entries(rules.properties).map(([name, rule]) => [name, { enum: severities, description: rule.description }])),
    ...resource,
  },
};
const editor = {
  'kohaku.completion.usage': { type: 'boolean', default: true, markdownDescription: 'Count the tags that you accept, so that those you use come first among equals. The counts stay on this machine, in a file of their own.', ...window },
  'kohaku.inlayHints.posts': { type: 'boolean', default: true, markdownDescription: 'Show how many posts a tag has, behind tags that the model may not know well.', ...resource },
  'kohaku.inlayHints.tokens': { type: 'boolean', default: true, markdownDescription: 'Show how many tokens a chunk holds, where it ends, in prompts of several chunks.', ...resource },
  'kohaku.inlayHints.weights': { type: 'boolean', default: true, markdownDescription: 'Show the weight that nested brackets come to (`×1.43`).', ...resource },
  'kohaku.codeLens.enabled': { type: 'boolean', default: true, markdownDescription: 'Show tokens and findings above each prompt.', ...resource },
  'kohaku.diagnostics.workspace': { type: 'boolean', default: true, markdownDescription: 'Lint every prompt file of the workspace, not only those that are open.', ...window },
};
const machine = { scope: 'machine' };
const folders = text => ({ type: 'array', items: { type: 'string' }, default: [], markdownDescription: text, ...machine });
const file = text => ({ type: 'string', default: '', markdownDescription: text, ...machine });
const generation = {
  'kohaku.generate.model': file('The model that makes images: an SDXL checkpoint (`.safetensors`), or the folder of an ONNX model. An absolute path. It is read where it lies; nothing is converted or downloaded.'),
  'kohaku.generate.modelFolders': folders('Folders in which the panel looks for models to choose from. Absolute paths.'),
  'kohaku.generate.vae': file('A VAE (`.safetensors`) in place of the one in the model. Empty: the model\'s own.'),
  'kohaku.generate.loraFolders': folders('Folders with the networks that `<lora:name>` means. Absolute paths.'),
  'kohaku.generate.embeddingFolders': folders('Folders with textual inversions, which prompts name by their file. Absolute paths.'),
  'kohaku.generate.outputFolder': file('Where images are written. Absolute, or from the prompt file\'s folder. Empty: the folder `out` beside the prompt file. A file that exists is never written over.'),
  'kohaku.generate.device': { type: 'string', enum: ['auto', 'cuda', 'dml', 'cpu'], enumDescriptions: ['The fastest that works', 'An NVIDIA card', 'DirectML, on Windows', 'The processor'], default: 'auto', markdownDescription: 'What computes images. Only `auto` falls back to the processor, and says so.', ...machine },
  'kohaku.generate.gpuLibrary': file('A folder with ONNX Runtime for graphics cards, in place of what `kohaku gpu install` fetched. An absolute path. What lies there is run: no workspace can name it.'),
  'kohaku.generate.precision': { type: 'string', enum: ['auto', 'fp32', 'fp16'], enumDescriptions: ['What suits the device', 'Single: exact, twice the memory', 'Half: fast on a card'], default: 'auto', markdownDescription: 'With how many digits images are computed.', ...machine },
  'kohaku.generate.previews': { type: 'boolean', default: true, markdownDescription: 'Show how an image comes to be, every few steps.', ...window },
};
const server = {
  'kohaku.server.path': { type: 'string', default: '', scope: 'machine', markdownDescription: 'The `kohaku` program to start as the language server. Empty: the one that comes with this extension.' },
  'kohaku.trace.server': { type: 'string', enum: ['off', 'messages', 'verbose'], default: 'off', scope: 'machine', markdownDescription: 'What to write to the log of the conversation with the language server. Shown only at the log level Trace.' },
};

const ordered = properties => Object.fromEntries(Object.entries(properties).map(([key, value], order) => [key, { order, ...value }]));
const configuration = [
  { id: 'prompts', title: 'Prompts', properties: ordered(prompts) },
  { id: 'tags', title: 'Tags and Networks', properties: ordered(tags) },
  { id: 'rules', title: 'Rules', properties: ordered(ruleSettings) },
  { id: 'editor', title: 'Editor', properties: ordered(editor) },
  { id: 'generation', title: 'Generation', properties: ordered(generation) },
  { id: 'server', title: 'Language Server', properties: ordered(server) },
];

const before = fs.readFileSync(manifestPath, 'utf8');
const manifest = JSON.parse(before);
manifest.contributes.configuration = configuration;
const after = JSON.stringify(manifest, null, 2) + '\n';
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('package.json does not say what data/schema/kohaku.schema.json says: npm run manifest');
    process.exit(1);
  }
} else {
  fs.writeFileSync(manifestPath, after);
}
