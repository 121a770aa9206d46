import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { promptAt, tagAt, tagVariants } from '../src/generation/promptText';

const library = `1girl, solo # people
Negative prompt: lowres, blurry
Steps: 28, Sampler: Euler a, Schedule type: Karras, CFG scale: 5.5, Seed: 42, Size: 832x1216, Lora hashes: "x: 1, y: 2"
---
1boy, (night sky:1.2), ((forest)), (red eyes, blue hair:1.3)
`;
/** The variants at a marked place of a text: ‸ is the cursor. */
function variants(text: string): string[] | undefined {
  return tagVariants(text.replace('‸', ''), text.indexOf('‸'))?.variants.map(({ prompt }) => prompt);
}

describe('a prompt of a library', () => {
  test('is told from its neighbours, with its negative prompt and parameters', () => {
    const part = promptAt(library, 3);
    assert.equal(library.slice(part.start, part.end), '1girl, solo # people\n');
    assert.equal(part.negative, 'lowres, blurry');
    assert.deepEqual(part.options, { steps: 28, sampler: 'Euler a', schedule: 'Karras', guidanceScale: 5.5, seed: '42', size: '832x1216' });
  });
  test('may have neither', () => {
    const part = promptAt(library, library.indexOf('forest'));
    assert.deepEqual([part.negative, part.options], ['', {}]);
    assert.match(library.slice(part.start, part.end), /^\n1boy, .*\n$/);
  });
});

describe('a tag', () => {
  const at = (text: string) => tagAt(text.replace('‸', ''), text.indexOf('‸'));
  test('has its own brackets and weight', () => {
    assert.deepEqual(at('a, (night s‸ky:1.2), b'), { start: 3, end: 18, tag: 'night sky' });
    assert.deepEqual(at('a, ((fo‸rest)), b'), { start: 3, end: 13, tag: 'forest' });
    assert.deepEqual(at('a, smi‸le, b'), { start: 3, end: 8, tag: 'smile' });
  });
  test('leaves a group its weight', () => {
    assert.deepEqual(at('(red eyes, blue ha‸ir:1.3)'), { start: 11, end: 20, tag: 'blue hair' });
  });
  test('takes escaped brackets for letters', () => assert.equal(at('ask \\(ask‸zy\\), b')?.tag, 'ask \\(askzy\\)'));
  test('is none in a comment, a network or nothing', () => {
    for (const text of ['a # com‸ment', '<lora:na‸me:1>', 'a, ‸, b', '‸', 'a, BRE‸AK']) { assert.equal(at(text), null, text); }
  });
});

describe('the variants of a prompt', () => {
  test('differ in the tag alone', () => {
    assert.deepEqual(variants('1girl, (smi‸le:1.2), solo'), ['1girl, solo', '1girl, smile, solo', '1girl, (smile:1.5), solo', '1girl, (smile:2), solo']);
  });
  test('lose one comma with it, at the end too', () => {
    assert.equal(variants('1girl, so‸lo')?.[0], '1girl');
    assert.equal(variants('1g‸irl, solo')?.[0], 'solo');
    assert.equal(variants('a,\nb‸b,\nc')?.[0], 'a,\n\nc');
  });
  test('hold no comments and no neighbours', () => {
    assert.deepEqual(variants('x\n---\na, b‸b # c\n---\ny'), ['a', 'a, bb', 'a, (bb:1.5)', 'a, (bb:2)']);
  });
  test('are of the positive prompt only', () => assert.equal(variants('a\nNegative prompt: lo‸wres'), undefined));
});
