import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { before, describe, test } from 'node:test';
import * as oniguruma from 'vscode-oniguruma';
import { INITIAL, Registry, parseRawGrammar, type IGrammar } from 'vscode-textmate';
import { extension, read, repository } from './files';

let grammar: IGrammar;

before(async () => {
  await oniguruma.loadWASM(fs.readFileSync(path.join(extension, 'node_modules', 'vscode-oniguruma', 'release', 'onig.wasm')));
  const file = path.join(extension, 'syntaxes', 'kohaku-prompt.tmLanguage.json');
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner: patterns => new oniguruma.OnigScanner(patterns), createOnigString: text => new oniguruma.OnigString(text) }),
    loadGrammar: async scope => scope === 'source.kohaku-prompt' ? parseRawGrammar(read(file), file) : null,
  });
  const loaded = await registry.loadGrammar('source.kohaku-prompt');
  assert.ok(loaded);
  grammar = loaded;
});

interface Piece { text: string; scope: string }

/** The text's pieces with their innermost scope, without `.kohaku-prompt`; lines that have none are blank. */
function pieces(text: string): Piece[] {
  let state = INITIAL;
  return text.split('\n').flatMap(line => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.map(token => ({ text: line.slice(token.startIndex, token.endIndex), scope: (token.scopes.at(-1) ?? '').replace('.kohaku-prompt', '') }));
  });
}

/** The pieces in a scope (or below it). */
const inScope = (text: string, scope: string): string[] =>
  pieces(text).filter(it => it.scope === scope || it.scope.startsWith(`${scope}.`)).map(it => it.text.trim()).filter(it => it !== '');

const tags = (text: string): string[] => inScope(text, 'variable.other.tag');

describe('the grammar', () => {
  test('sees tags between commas', () => {
    assert.deepEqual(tags('1girl, long hair, ^_^, >_<, blue eyes'), ['1girl', 'long hair', '^_^', '>_<', 'blue eyes']);
  });
  test('sees weights, also nested, signed and without a leading zero', () => {
    assert.deepEqual(inScope('(a:1.2), ((b:.5)), (c:-1), (d: 1.3 )', 'constant.numeric.weight'), ['1.2', '.5', '-1', '1.3']);
  });
  test('sees no weight in an aspect or a time', () => {
    assert.deepEqual(inScope('re:zero, 16:9 aspect ratio, a', 'constant.numeric'), []);
  });
  test('sees escapes', () => {
    assert.deepEqual(inScope('ask \\(askzy\\), \\\\m/', 'constant.character.escape'), ['\\(', '\\)', '\\\\']);
  });
  test('sees networks with their weights', () => {
    const text = 'a <lora:water-colour_v2:0.8:1>, <hypernet:x>';
    assert.deepEqual(inScope(text, 'entity.name.function.preprocessor.network'), ['water-colour_v2', 'x']);
    assert.deepEqual(inScope(text, 'keyword.other.network'), ['lora', 'hypernet']);
    assert.deepEqual(inScope(text, 'constant.numeric.weight'), ['0.8', '1']);
  });
  test('sees embeddings', () => {
    assert.deepEqual(inScope('embedding:style_v1, (embedding:other:1.2)', 'entity.name.function.preprocessor.network'), ['style_v1', 'other']);
  });
  test('sees BREAK and AND as words of their own only', () => {
    assert.deepEqual(inScope('a BREAK b AND c, LAND, aBREAKb, break and', 'keyword.control'), ['BREAK', 'AND']);
  });
  test('sees prompt editing and alternation', () => {
    const text = 'a [red:blue:0.5] b [x|y]';
    assert.deepEqual(inScope(text, 'punctuation.section.group.editing'), ['[', ']', '[', ']']);
    assert.deepEqual(inScope(text, 'punctuation.separator.editing'), [':']);
    assert.deepEqual(inScope(text, 'keyword.operator.alternation'), ['|']);
    assert.deepEqual(inScope(text, 'constant.numeric'), ['0.5']);
  });
  test('sees dynamic prompts', () => {
    assert.deepEqual(inScope('{0.5::red|2::blue} {2$$ and $$a|b} __colours/*__ ${x=red} {1-2$$a|b}', 'keyword.operator'), ['::', '|', '::', '$$', '$$', '|', '=', '$$', '|']);
    assert.deepEqual(inScope('a, __colours/warm__, __w(x=y)__', 'variable.other.constant.wildcard'), ['__colours/warm__', '__w(x=y)__']);
  });
  test('sees comments to the end of the line, and suppressions in them', () => {
    assert.equal(inScope('a, b # not (this:1.2)\nc', 'comment').join(''), 'not (this:1.2)');
    assert.deepEqual(inScope('# kohaku: disable=weak-tag', 'storage.type.class.suppression'), ['kohaku: disable']);
  });
  test('divides prompts at --- alone on its line', () => {
    assert.deepEqual(inScope('a\n---\nb --- c', 'punctuation.definition.separator'), ['---']);
  });
  test('sees the negative prompt at the start of a line only', () => {
    assert.deepEqual(inScope('a\nNegative prompt: b\na Negative prompt: c', 'keyword.control.negative'), ['Negative prompt']);
  });
  test('sees keys and values of the parameter line, in which # begins no comment', () => {
    const text = 'Steps: 28, Sampler: Euler a, CFG scale: 5.5, Size: 832x1216, Model: a#b, Lora hashes: "x: 1, y: 2"';
    assert.deepEqual(inScope(text, 'support.type.property-name'), ['Steps', 'Sampler', 'CFG scale', 'Size', 'Model', 'Lora hashes']);
    assert.deepEqual(inScope(text, 'constant.numeric'), ['28', '5.5', '832x1216']);
    assert.deepEqual(inScope(text, 'string'), ['Euler a', 'a#b', '"x: 1, y: 2"']);
    assert.deepEqual(inScope(text, 'comment'), []);
  });
  test('goes on after the parameter line', () => {
    assert.deepEqual(tags('Steps: 20, Seed: 1\n---\n1girl'), ['1girl']);
  });
  test('is not led astray by a face with a bracket', () => {
    assert.deepEqual(tags('a, >:(, b\nc'), ['a', '>', 'b', 'c']);
  });

  for (const file of fs.readdirSync(path.join(repository, 'samples'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.prompt'))) {
    test(`gives every character of ${file} to one token, and every word a scope`, () => {
      const text = read(repository, 'samples', file);
      assert.equal(pieces(text).map(it => it.text).join(''), text.replaceAll('\n', ''));
      assert.deepEqual(pieces(text).filter(it => it.scope === 'source' && /\w{2}/.test(it.text)), []);
    });
  }
});
