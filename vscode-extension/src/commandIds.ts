import type { EditAction } from './protocol';

/** Commands that ask the server for a change of the document. */
export const editCommands = {
  'kohaku.raiseWeight': 'raiseWeight',
  'kohaku.lowerWeight': 'lowerWeight',
  'kohaku.removeWeight': 'removeWeight',
  'kohaku.wrapSelection': 'wrapSelection',
  'kohaku.sortSections': 'sortSections',
  'kohaku.fixAll': 'fixAll',
  'kohaku.emphasizeWeakTags': 'emphasizeWeakTags',
  'kohaku.escapeBrackets': 'escapeBrackets',
  'kohaku.toComfyUI': 'toComfyUI',
  'kohaku.toA1111': 'toA1111',
  'kohaku.splitAtBreak': 'splitAtBreak',
} as const satisfies Record<`kohaku.${string}`, EditAction>;

export type EditCommandId = keyof typeof editCommands;

export const otherCommandIds = [
  'kohaku.applyFix',
  'kohaku.browseTags',
  'kohaku.cancelGeneration',
  'kohaku.compareTag',
  'kohaku.explainRule',
  'kohaku.forgetUsage',
  'kohaku.format',
  'kohaku.generate',
  'kohaku.generateAll',
  'kohaku.insertTag',
  'kohaku.newPrompt',
  'kohaku.openConfiguration',
  'kohaku.openSettings',
  'kohaku.openWalkthrough',
  'kohaku.restartServer',
  'kohaku.searchTags',
  'kohaku.showGeneration',
  'kohaku.showLog',
  'kohaku.showMenu',
  'kohaku.showTag',
] as const;

export type CommandId = EditCommandId | (typeof otherCommandIds)[number];

export const commandIds: readonly CommandId[] = [...(Object.keys(editCommands) as EditCommandId[]), ...otherCommandIds];

/** What a hover's or tooltip's links may run, and nothing else. */
export const linkedCommandIds: readonly CommandId[] = [
  'kohaku.applyFix', 'kohaku.cancelGeneration', 'kohaku.explainRule', 'kohaku.insertTag', 'kohaku.openConfiguration', 'kohaku.openSettings', 'kohaku.restartServer', 'kohaku.showGeneration', 'kohaku.showLog', 'kohaku.showTag',
  ...(Object.keys(editCommands) as EditCommandId[]),
];
