/** Ours: `prompt` belongs to VS Code itself, which hangs features of its own on it. */
export const languageId = 'kohaku-prompt';
/** Where documents may live: the server reads configuration and networks from the disk beside them. */
export const schemes = ['file', 'untitled'] as const;
