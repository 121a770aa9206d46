import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, test } from 'node:test';
import { commandIds, editCommands, linkedCommandIds } from '../src/commandIds';
import { serverSettings } from '../src/client/settings';
import { languageId } from '../src/language';
import { rulesOf } from '../src/rules/ruleList';
import { extension, read, readJson, repository } from './files';

const manifest = readJson(extension, 'package.json');
const { contributes } = manifest;
const settings: Record<string, any> = Object.assign({}, ...contributes.configuration.map((group: any) => group.properties));

/** Every string below a value that looks like a path into the extension. */
function paths(value: unknown): string[] {
  if (typeof value === 'string') { return /^(\.\/|icons\/|walkthrough\/)/.test(value) ? [value] : []; }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(paths) : [];
}

describe('the manifest', () => {
  test('declares exactly the commands that are implemented', () => {
    assert.deepEqual(contributes.commands.map((it: any) => it.command).sort(), [...commandIds].sort());
  });

  test('binds keys and menus to commands that exist', () => {
    const used = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].flatMap((it: any) =>
      it.command === 'runCommands' ? it.args.commands : [it.command]).filter((id: string) => id.startsWith('kohaku.'));
    const known = new Set<string>([...commandIds, 'kohaku.suggestionWalked']);
    assert.deepEqual(used.filter(id => !known.has(id)), []);
  });

  test('takes no key outside of prompts', () => {
    for (const { key, when } of contributes.keybindings) {
      assert.match(when, /editorLangId == kohaku-prompt/, key);
    }
  });

  test('gives no key to two commands', () => {
    const keys = contributes.keybindings.map((it: any) => `${it.key} ${it.when}`);
    assert.deepEqual(keys.filter((key: string, i: number) => keys.indexOf(key) !== i), []);
  });

  test('offers editing commands in prompts only', () => {
    for (const id of Object.keys(editCommands)) {
      assert.equal(contributes.commands.find((it: any) => it.command === id).enablement, `editorLangId == ${languageId}`, id);
    }
  });

  test('lets links run only commands that exist', () => {
    assert.deepEqual(linkedCommandIds.filter(id => !commandIds.includes(id)), []);
  });

  test('walks through commands that exist', () => {
    const linked = JSON.stringify(contributes.walkthroughs).match(/(?:command:|onCommand:)kohaku\.\w+/g) ?? [];
    assert.ok(linked.length > 4);
    for (const link of linked) {
      assert.ok(commandIds.includes(link.replace(/^.*?:/, '') as any), link);
    }
  });

  test('never takes the language id that belongs to VS Code', () => {
    assert.deepEqual(contributes.languages.map((it: any) => it.id), [languageId, 'jsonc']);
    assert.equal(languageId, 'kohaku-prompt');
  });

  test('names files that are there', () => {
    // Pictures of the walkthrough and what lies in dist/ are made by the build.
    const made = /^(\.\/)?(dist\/|walkthrough\/\w+\.png)/;
    for (const file of paths(contributes).concat(manifest.icon)) {
      if (!made.test(file)) {
        assert.ok(fs.existsSync(path.join(extension, file)), file);
      }
    }
  });

  test('says of the settings what the configuration schema says', () => {
    execFileSync(process.execPath, [path.join(extension, 'scripts', 'make-manifest.mjs'), '--check'], { stdio: 'pipe' });
  });

  test('carries the current configuration schema', () => {
    execFileSync(process.execPath, [path.join(extension, 'scripts', 'build.mjs')], { stdio: 'pipe' });
    assert.equal(read(extension, 'dist', 'kohaku.schema.json'), read(repository, 'data', 'schema', 'kohaku.schema.json'));
  });

  test('declares every setting that is sent to the server, and the other way round', () => {
    const own = ['kohaku.server.path', 'kohaku.trace.server'];
    assert.deepEqual(Object.keys(settings).sort(), [...serverSettings.map(key => `kohaku.${key}`), ...own].sort());
  });

  test('describes every setting', () => {
    for (const [key, { markdownDescription }] of Object.entries(settings)) {
      assert.match(markdownDescription, /^[A-Z].*[.)]$/, key);
    }
  });

  test('lets no workspace name a program', () => {
    assert.equal(settings['kohaku.server.path'].scope, 'machine');
  });

  test('lets no workspace name a model, a folder or a device', () => {
    for (const [key, { scope }] of Object.entries(settings).filter(([name]) => name.startsWith('kohaku.generate.'))) {
      assert.equal(scope, key === 'kohaku.generate.previews' ? 'window' : 'machine', key);
    }
  });

  test('restricts every setting that names files until the workspace is trusted', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    for (const key of ['profile', 'tags.databases', 'tags.extra', 'tags.translations', 'networks', 'embeddings', 'wildcards', 'server.path']) {
      assert.ok(restrictedConfigurations.includes(`kohaku.${key}`), key);
    }
  });

  test('lets a workspace that is not trusted set nothing but what names no file', () => {
    // A new setting stands here once someone has looked whether it could name a file or a program.
    const harmless = [
      'dialect', 'dynamicPrompts', 'sentences', 'tokenLimit', 'exclude', 'rules', 'thresholds.strong', 'thresholds.weak', 'emphasis.weak', 'emphasis.maximum', 'format.linePerSection', 'format.explicitWeights',
      'tags.allow', 'completion.usage', 'inlayHints.posts', 'inlayHints.tokens', 'inlayHints.weights', 'codeLens.enabled', 'diagnostics.workspace', 'generate.previews',
    ];
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const free = Object.entries(settings).filter(([key, { scope }]) => !['machine', 'application'].includes(scope) && !restrictedConfigurations.includes(key)).map(([key]) => key);
    assert.deepEqual(free.sort(), harmless.map(key => `kohaku.${key}`).sort());
    assert.deepEqual(restrictedConfigurations.filter((key: string) => !(key in settings)), []);
  });

  test('has a fallback scope for each kind of token that it declares', () => {
    const scopes = contributes.semanticTokenScopes[0].scopes;
    for (const { id } of contributes.semanticTokenTypes) {
      assert.ok(scopes[id]?.length > 1, id);
    }
  });

  test('asks for no program of the browser, no telemetry and no network', () => {
    assert.equal(manifest.browser, undefined);
    const source = fs.readdirSync(path.join(extension, 'src'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts')).map(name => read(extension, 'src', name)).join('\n');
    assert.doesNotMatch(source, /\bfetch\(|XMLHttpRequest|WebSocket|node:https?|from 'https?'|TelemetryLogger|createTelemetry/);
  });
});

describe('the bundles', () => {
  const bundle = (name: string): string => read(extension, 'dist', ...name.split('/'));

  test('call nothing that reaches out', () => {
    for (const name of ['extension.js', 'tagBrowser/page.js', 'generation/page.js']) {
      assert.doesNotMatch(bundle(name), /\bfetch\s*\(|XMLHttpRequest|new WebSocket|EventSource\(|sendBeacon|importScripts|\beval\s*\(|new Function\s*\(|createTelemetryLogger|require\("(?:node:)?(?:https?|http2|tls|dns|dgram)"\)/, name);
    }
  });

  test('name no address but those that a person may open', () => {
    const known = [/^https:\/\/github\.com\/KohakuLsp\/KohakuLsp/, /^https:\/\/danbooru\.donmai\.us\/wiki_pages\/$/];
    for (const name of ['extension.js', 'tagBrowser/page.js', 'generation/page.js', 'tagBrowser/page.css', 'generation/page.css']) {
      const addresses = bundle(name).match(/\b(?:https?|wss?):\/\/[\w.-]+[^\s"'`)\\]*/g) ?? [];
      assert.deepEqual(addresses.filter(address => !known.some(pattern => pattern.test(address))), [], name);
    }
  });
});

describe('the rule list', () => {
  const rules = rulesOf(readJson(repository, 'data', 'schema', 'kohaku.schema.json'));

  test('has a page for each rule, and a rule for each page', () => {
    const pages = fs.readdirSync(path.join(repository, 'docs', 'rules')).map(name => path.basename(name, '.md')).filter(name => name !== 'README').sort();
    assert.deepEqual(rules.map(({ name }) => name).sort(), pages);
  });

  test('is sorted by id', () => {
    assert.deepEqual(rules.map(({ code }) => code), rules.map(({ code }) => code).sort());
  });

  test('refuses a schema that describes rules in another way', () => {
    assert.throws(() => rulesOf({ definitions: { rules: { properties: { 'weak-tag': { description: 'weak tags' } } } } }), /weak-tag/);
  });
});
