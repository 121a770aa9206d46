// Just enough of the language to exchange one tag of one prompt. Everything else about prompts is asked of the server.
import type { GenerationOptions } from './contract';

/** A prompt of a library: where its positive part stands in the text, and what its other parts say. */
export interface PromptPart { start: number; end: number; negative: string; options: GenerationOptions }

const parameterLine = /^\s*(?:Steps|Sampler|Schedule type|CFG scale|Seed|Size|RNG|Emphasis|Model|VAE|Clip skip|Denoising strength|ENSD|Eta|Hires [\w ]+)\s*:/;
const negativeKey = /^Negative prompt:/;

/** The prompt that holds an offset. */
export function promptAt(text: string, offset: number): PromptPart {
  let start = 0;
  let end = text.length;
  for (const { index, 0: divider } of text.matchAll(/^---[ \t]*\r?$/gm)) {
    if (index + divider.length < offset) { start = index + divider.length; } else { end = index; break; }
  }
  let positiveEnd = end;
  let negative = '';
  const options: GenerationOptions = {};
  let within: 'positive' | 'negative' | 'parameters' = 'positive';
  for (let at = start; at < end;) {
    const next = text.indexOf('\n', at);
    const after = next < 0 || next >= end ? end : next + 1;
    const line = text.slice(at, after);
    if (negativeKey.test(line)) {
      within = 'negative';
    } else if (parameterLine.test(line)) {
      within = 'parameters';
    }
    if (within !== 'positive') { positiveEnd = Math.min(positiveEnd, at); }
    if (within === 'negative') { negative += line.replace(negativeKey, ''); }
    if (within === 'parameters') { Object.assign(options, readParameters(line)); }
    at = after;
  }
  return { start, end: positiveEnd, negative: withoutComments(negative).trim(), options };
}

/** A tag with the brackets and the weight that are its own alone. */
export interface TagPart { start: number; end: number; tag: string }

/** The tag at an offset of a text; null between tags and in comments. */
export function tagAt(text: string, offset: number): TagPart | null {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (/(^|[^\\])#/.test(line)) { return null; }
  const isDelimiter = (at: number): boolean => /[,\n\r()[\]{}|<>#]/.test(text.charAt(at)) && !isEscaped(text, at);
  let start = offset;
  while (start > 0 && !isDelimiter(start - 1)) { start--; }
  let end = offset;
  while (end < text.length && !isDelimiter(end)) { end++; }
  const inside = /^\s*(.*?)\s*(?::\s*([+-]?(?:\d+\.?\d*|\.\d+))\s*)?$/s.exec(text.slice(start, end));
  const tag = inside?.[1] ?? '';
  if (tag === '' || tag === 'BREAK' || tag === 'AND' || text.charAt(start - 1) === '<') { return null; }
  const closed = text.charAt(start - 1) === '(' && text.charAt(end) === ')';
  if (inside?.[2] !== undefined && closed) {
    return { start: start - 1, end: end + 1, tag };
  }
  let depth = 0;
  while (text.charAt(start - 1 - depth) === '(' && !isEscaped(text, start - 1 - depth) && text.charAt(end + depth) === ')') { depth++; }
  const leading = depth > 0 ? 0 : /^\s*/.exec(text.slice(start, end))?.[0].length ?? 0;
  // In (a, b:1.2) the weight is the group's and stays.
  const length = depth > 0 ? end - start : tag.length;
  return { start: start + leading - depth, end: start + leading + length + depth, tag };
}

/** A prompt with one thing changed in it. */
export interface Variant { label: string; prompt: string }

/** The weights that a tag is tried with, beside none of it. */
export const triedWeights = [1, 1.5, 2];

/** The prompt without the tag at an offset, and with it at each weight; null where no tag is. */
export function tagVariants(text: string, offset: number): { tag: string; variants: Variant[]; part: PromptPart } | null {
  const part = promptAt(text, offset);
  if (offset < part.start || offset > part.end) { return null; }
  const positive = text.slice(part.start, part.end);
  const found = tagAt(positive, offset - part.start);
  if (found === null) { return null; }
  const [before, after] = [positive.slice(0, found.start), positive.slice(found.end)];
  const made = (label: string, whole: string): Variant => ({ label, prompt: withoutComments(whole).trim() });
  return {
    tag: found.tag, part,
    variants: [
      made('without', without(before, after)),
      ...triedWeights.map(weight => made(weight.toFixed(1), before + (weight === 1 ? found.tag : `(${found.tag}:${weight})`) + after)),
    ],
  };
}

/** One of the two commas goes with the tag. */
function without(before: string, after: string): string {
  if (/^\s*,/.test(after)) { return before + after.replace(/^\s*,[^\S\n]*/, ''); }
  return before.replace(/,\s*$/, '') + after;
}

export function withoutComments(text: string): string {
  return text.replace(/(^|[^\\])#.*$/gm, '$1');
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charAt(at - 1 - slashes) === '\\') { slashes++; }
  return slashes % 2 === 1;
}

function readParameters(line: string): GenerationOptions {
  const options: GenerationOptions = {};
  for (const [, key = '', quoted, bare = ''] of line.matchAll(/(?:^|,)\s*([\w][\w \-/]*?)\s*:\s*(?:"((?:[^"\\]|\\.)*)"|([^,\n\r]*))/g)) {
    const value = (quoted ?? bare).trim();
    if (value === '') { continue; }
    switch (key.toLowerCase()) {
      case 'steps': options.steps = Number(value); break;
      case 'cfg scale': options.guidanceScale = Number(value); break;
      case 'sampler': options.sampler = value; break;
      case 'schedule type': options.schedule = value; break;
      case 'seed': options.seed = value; break;
      case 'size': options.size = value; break;
    }
  }
  return options;
}
