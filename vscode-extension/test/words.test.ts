import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PromptStatus } from '../src/protocol';
import { shortProfile, statusFace } from '../src/status/statusText';
import { humanPosts } from '../src/tags/posts';
import { extension, readJson } from './files';

const prompt: PromptStatus = { profile: 'Delta', tokens: 61, capacity: 75, chunks: 1, prompt: 0, prompts: 1, findings: 0, severity: null };

describe('the status bar', () => {
  test('says model and tokens', () => assert.equal(statusFace('ready', prompt).text, 'Delta · 61/75'));
  test('warns of a finding', () => assert.equal(statusFace('ready', { ...prompt, findings: 2, severity: 2 }).text, '$(warning) Delta · 61/75'));
  test('does not warn of a hint', () => assert.equal(statusFace('ready', { ...prompt, findings: 1, severity: 4 }).text, 'Delta · 61/75'));
  test('reads out what its icon means', () =>
    assert.equal(statusFace('ready', { ...prompt, findings: 1, severity: 2 }).accessibilityLabel, 'Delta: 61 of 75 tokens, 1 finding'));
  test('shows that the server starts', () => assert.equal(statusFace('starting', null).text, '$(loading~spin) Kohaku'));
  test('shows that the server stopped, whatever it said before', () =>
    assert.deepEqual(statusFace('stopped', prompt), { text: '$(error) Kohaku', accessibilityLabel: 'Kohaku: language server stopped', level: 'error' }));
  test('shows a server that cannot do all', () => assert.equal(statusFace('degraded', prompt).level, 'warning'));
  test('has a short name for a profile', () => {
    assert.deepEqual(['kohaku-xl-delta', 'Kohaku-XL Delta', 'Delta', 'my model', 'kohaku-xl-'].map(shortProfile), ['Delta', 'Delta', 'Delta', 'My model', 'kohaku-xl-']);
  });
});

test('posts are written as people read them', () => {
  const written: [number, string][] = [[0, '0'], [999, '999'], [1_000, '1.0k'], [8_249, '8.2k'], [9_960, '10k'], [120_400, '120k'], [999_499, '999k'], [999_500, '1.0M'], [4_912_345, '4.9M'], [12_000_000, '12M']];
  assert.deepEqual(written.map(([posts]) => humanPosts(posts)), written.map(([, text]) => text));
});

describe('the word pattern', () => {
  const pattern = new RegExp(readJson(extension, 'language-configuration.json').wordPattern, 'g');
  test('takes words, faces and numbers whole', () => {
    assert.deepEqual('1girl, long hair, ^_^, (pizza box:1.5)'.match(pattern), ['1girl', 'long', 'hair', '^_^', 'pizza', 'box', '1.5']);
  });
  test('takes words of other scripts whole', () => assert.deepEqual('長髪，微笑'.match(pattern), ['長髪', '微笑']));
});
