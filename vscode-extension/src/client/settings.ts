/** The settings that the server understands, below `kohaku`. */
export const serverSettings = [
  'profile', 'dialect', 'dynamicPrompts', 'sentences', 'tokenLimit', 'exclude', 'rules',
  'thresholds.strong', 'thresholds.weak', 'emphasis.weak', 'emphasis.maximum', 'format.linePerSection', 'format.explicitWeights',
  'tags.allow', 'tags.extra', 'tags.translations', 'tags.databases', 'networks', 'embeddings', 'wildcards',
  'completion.usage', 'inlayHints.posts', 'inlayHints.tokens', 'inlayHints.weights', 'codeLens.enabled', 'diagnostics.workspace',
  'generate.model', 'generate.vae', 'generate.loraFolders', 'generate.embeddingFolders', 'generate.modelFolders', 'generate.outputFolder', 'generate.device', 'generate.gpuLibrary',
  'generate.precision', 'generate.previews',
] as const;

interface Nested { [key: string]: unknown }

/**
 * The settings as one nested object. What is not set (undefined, null, or an empty text, list or object) is left out, so that kohaku.json or the default holds.
 */
export function nestSettings(get: (key: string) => unknown): Nested {
  const settings: Nested = {};
  for (const key of serverSettings) {
    const value = get(key);
    if (isUnset(value)) {
      continue;
    }
    const parts = key.split('.');
    const last = parts.pop() as string;
    let holder = settings;
    for (const part of parts) {
      holder = (holder[part] ??= {}) as Nested;
    }
    holder[last] = value;
  }
  return settings;
}

function isUnset(value: unknown): boolean {
  if (value === null || value === undefined || value === '') {
    return true;
  }
  return typeof value === 'object' && Object.keys(value).length === 0;
}
