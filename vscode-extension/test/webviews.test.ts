import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { readFromPage } from '../src/tags/browserMessages';
import { webviewPage } from '../src/webviewPage';
import { extension, read } from './files';

const page = { title: 'Generation', cspSource: 'https://served.example', nonce: 'abc+/=', style: 'https://served.example/page.css', script: 'https://served.example/page.js' };
/** The policy's directives. */
function policyOf(html: string): Record<string, string[]> {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  return Object.fromEntries(policy.split(';').map(part => part.trim().split(/\s+/)).map(([name = '', ...sources]) => [name, sources]));
}

describe('the pages', () => {
  test('may load only what the editor serves, and run only our script', () => {
    assert.deepEqual(policyOf(webviewPage(page)), {
      'default-src': ["'none'"], 'style-src': [page.cspSource], 'font-src': [page.cspSource], 'script-src': ["'nonce-abc+/='"],
      'base-uri': ["'none'"], 'form-action': ["'none'"],
    });
  });
  test('show images that the editor serves or that come in messages, where they show any', () => {
    assert.deepEqual(policyOf(webviewPage({ ...page, images: true }))['img-src'], [page.cspSource, 'data:']);
  });
  test('allow nothing of other hosts, and no code in texts, in any of their faces', () => {
    for (const images of [false, true]) {
      const sources = Object.values(policyOf(webviewPage({ ...page, images }))).flat();
      assert.deepEqual(sources.filter(source => !["'none'", page.cspSource, 'data:', "'nonce-abc+/='"].includes(source)), []);
    }
  });
  test('come from one place, each with a nonce of its own', () => {
    const source = fs.readdirSync(path.join(extension, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts')).map(name => read(extension, 'src', name));
    const making = source.filter(text => /webview\.html\s*=/.test(text));
    assert.equal(making.length, 2);
    for (const text of making) {
      assert.match(text, /webviewPage\(\{[^}]*nonce: crypto\.randomBytes\(16\)\.toString\('base64'\)/);
      assert.match(text, /localResourceRoots: \[/);
    }
    assert.equal(source.filter(text => /<!doctype|Content-Security-Policy/i.test(text)).length, 1);
  });
  test('have one script, with the nonce, and no code or style in the text', () => {
    const html = webviewPage({ ...page, images: true });
    assert.deepEqual(html.match(/<script[^>]*>/g), ['<script nonce="abc+/=" src="https://served.example/page.js">']);
    assert.doesNotMatch(html, /\son\w+=|style=|<style/);
  });

  test('of the tags say only what is listed', () => {
    for (const message of [{ type: 'loaded' }, { type: 'search', id: 1, query: 'a', category: null }, { type: 'search', id: 1, query: 'a', category: 'artist' }, { type: 'info', id: 2, tag: 'a' },
      { type: 'insert', tag: 'a' }, { type: 'wiki', url: 'https://danbooru.donmai.us/wiki_pages/1girl' }, { type: 'command', command: 'kohaku.showLog' }]) {
      assert.deepEqual(readFromPage(message), message);
    }
    for (const message of [null, 'loaded', {}, { type: 'other' }, { type: 'search', id: 'x', query: 'a', category: null }, { type: 'search', id: 1, query: 'a', category: 'toString' }, { type: 'info', id: 1 },
      { type: 'insert', tag: 1 }, { type: 'wiki', url: 'https://danbooru.donmai.us.example/wiki_pages/' }, { type: 'wiki', url: 'command:workbench.action.quit' }, { type: 'wiki', url: 'file:///etc/passwd' },
      { type: 'command', command: 'workbench.action.terminal.sendSequence' }]) {
      assert.equal(readFromPage(message), undefined, JSON.stringify(message));
    }
  });

  const folder = path.join(extension, 'src', 'webview');
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('.css'))) {
    test(`${file} takes every colour from the editor, and nothing from elsewhere`, () => {
      const css = read(folder, file);
      assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(|url\(|@import '(?:https?:)/i);
      assert.doesNotMatch(css.replace(/var\([^;]*;/g, ';'), /color:\s*(?!inherit|transparent|currentColor|;)[a-z]/i);
    });
    test(`${file} holds still for those who want it to`, () => {
      const css = read(folder, file);
      if (/animation:|transition:/.test(css)) { assert.match(css, /@media \(prefers-reduced-motion: reduce\)/); }
    });
  }
  test('build their contents from elements, never from markup', () => {
    for (const file of files.filter(name => name.endsWith('.ts'))) { assert.doesNotMatch(read(folder, file), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/, file); }
  });
});
