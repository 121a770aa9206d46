import * as vscode from 'vscode';
import { CloseAction, DidChangeConfigurationNotification, ErrorAction, LanguageClient, RevealOutputChannelOn, State, type LanguageClientOptions } from 'vscode-languageclient/node';
import { linkedCommandIds } from '../commandIds';
import type { GenerationProgress } from '../generation/contract';
import { languageId, schemes } from '../language';
import type { Requests, ServerStatus } from '../protocol';
import type { ServerState } from '../status/statusText';
import { findExecutable } from './executable';
import { RestartPolicy } from './restartPolicy';
import { SaveMiddleware } from './saveMiddleware';
import { nestSettings } from './settings';

/** A request could not be made, since no server runs. */
export class ServerNotRunning extends Error {
  constructor() {
    super('The language server is not running.');
  }
}

/** Says what it has to say in the log only: one clear message is ours to show. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** The native language server: started, watched, started again when it ends by itself, asked. */
export class LanguageServer implements vscode.Disposable {
  private client: QuietClient | undefined;
  /** Counts starts: what an earlier server still has to say is not about the present one. */
  private generation = 0;
  private restart: NodeJS.Timeout | undefined;
  private readonly policy = new RestartPolicy();
  private readonly saves: SaveMiddleware;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly generating = new vscode.EventEmitter<GenerationProgress>();
  private readonly subscriptions: vscode.Disposable[];

  /** A request for images has something to tell. */
  readonly onGeneration = this.generating.event;
  /** The state, or what the server says of itself, changed. */
  readonly onDidChange = this.changed.event;
  state: ServerState = 'starting';
  /** What the server said of itself last; null while none runs. */
  status: ServerStatus | null = null;

  constructor(private readonly context: vscode.ExtensionContext, readonly log: vscode.LogOutputChannel) {
    this.saves = new SaveMiddleware(log);
    this.subscriptions = [
      this.saves, this.changed, this.generating,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.notify('kohaku/trustChanged', { trusted: true })),
      vscode.workspace.onDidChangeConfiguration(event => this.configurationChanged(event)),
    ];
  }

  async start(): Promise<void> {
    clearTimeout(this.restart);
    const generation = ++this.generation;
    this.enter(this.state === 'restarting' ? 'restarting' : 'starting');
    const setting = vscode.workspace.getConfiguration('kohaku').get('server.path', '').trim();
    const executable = findExecutable(this.context.extensionPath, setting);
    if ('problem' in executable) {
      this.enter('stopped');
      this.log.error(executable.problem);
      void this.showStopped(executable.problem);
      return;
    }
    await vscode.workspace.fs.createDirectory(this.context.globalStorageUri);
    this.log.info(`Starting ${executable.path}`);
    const client = new QuietClient('kohaku', 'Kohaku', { command: executable.path, args: ['lsp', '--stdio'] }, this.options(generation));
    this.client = client;
    client.onNotification('kohaku/serverStatusChanged', (status: ServerStatus) => this.described(generation, status));
    client.onNotification('kohaku/generation', (progress: GenerationProgress) => this.generating.fire(progress));
    try {
      await client.start();
    } catch (error) {
      this.log.error(`The language server did not start: ${messageOf(error)}`);
      await this.ended(generation);
      return;
    }
    if (generation !== this.generation) {
      return;
    }
    this.enter('ready');
    try {
      this.described(generation, await client.sendRequest<ServerStatus>('kohaku/serverStatus', {}));
    } catch (error) {
      // It runs; what it would say of itself is for the tooltip only.
      this.log.warn(`kohaku/serverStatus: ${messageOf(error)}`);
    }
  }

  /** Asked for by the user: earlier crashes no longer count. */
  async restartNow(): Promise<void> {
    this.policy.reset();
    await this.stop();
    this.state = 'starting';
    await this.start();
  }

  async stop(): Promise<void> {
    clearTimeout(this.restart);
    this.generation++;
    const client = this.client;
    this.client = undefined;
    this.status = null;
    if (client !== undefined) {
      await this.putAway(client);
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  get isRunning(): boolean {
    return this.client?.isRunning() ?? false;
  }

  /** Asks the server; throws `ServerNotRunning` where there is none. */
  async request<M extends keyof Requests>(method: M, params: Requests[M][0], token?: vscode.CancellationToken): Promise<Requests[M][1]> {
    const client = this.client;
    if (client === undefined || !client.isRunning()) {
      throw new ServerNotRunning();
    }
    // A token that is undefined would be sent as a second parameter.
    return token === undefined ? client.sendRequest<Requests[M][1]>(method, params) : client.sendRequest<Requests[M][1]>(method, params, token);
  }

  /** The protocol's converters; those of any client are alike. */
  get convert(): Pick<LanguageClient, 'protocol2CodeConverter' | 'code2ProtocolConverter'> {
    if (this.client === undefined) {
      throw new ServerNotRunning();
    }
    return this.client;
  }

  private options(generation: number): LanguageClientOptions {
    return {
      documentSelector: schemes.map(scheme => ({ scheme, language: languageId })),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => ({
        settings: this.settings(),
        trusted: vscode.workspace.isTrusted,
        storagePath: this.context.globalStorageUri.fsPath,
        client: { showDocument: true, applyFix: true },
        generation: true,
      }),
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          void this.ended(generation);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      diagnosticPullOptions: { onChange: true, onSave: true, onFocus: false },
      markdown: { isTrusted: { enabledCommands: linkedCommandIds }, supportHtml: false, supportThemeIcons: true },
      middleware: {
        ...this.saves.middleware,
        workspace: {
          configuration: async (params, token, next) => {
            const answers = await next(params, token);
            return Array.isArray(answers) ? params.items.map((item, i) => item.section === 'kohaku' ? this.settings(item.scopeUri) : answers[i]) : answers;
          },
        },
      },
    };
  }

  private settings(scope?: string): object {
    const settings = vscode.workspace.getConfiguration('kohaku', scope === undefined ? undefined : vscode.Uri.parse(scope));
    return nestSettings(key => isSet(settings.inspect(key)) ? settings.get(key) : undefined);
  }

  private configurationChanged(event: vscode.ConfigurationChangeEvent): void {
    if (event.affectsConfiguration('kohaku.server.path')) {
      void this.restartNow();
    } else if (event.affectsConfiguration('kohaku')) {
      this.notify(DidChangeConfigurationNotification.method, { settings: { kohaku: this.settings() } });
    }
  }

  private notify(method: string, params: object): void {
    if (this.client?.isRunning()) {
      this.client.sendNotification(method, params).catch(error => this.log.error(`${method}: ${messageOf(error)}`));
    }
  }

  private described(generation: number, status: ServerStatus): void {
    if (generation === this.generation) {
      this.status = status;
      this.enter(status.state === 'degraded' ? 'degraded' : 'ready');
    }
  }

  /** The server of a generation ended by itself, or never came up. */
  private async ended(generation: number): Promise<void> {
    if (generation !== this.generation) {
      return;
    }
    this.generation++;
    const client = this.client;
    this.client = undefined;
    this.status = null;
    const delay = this.policy.crashed();
    if (delay === undefined) {
      this.enter('stopped');
      void this.showStopped('The language server ended several times in a row and is not started again.');
    } else {
      this.log.warn(`The language server ended by itself; it is started again ${delay === 0 ? 'now' : `in ${delay / 1_000} s`}.`);
      this.enter('restarting');
      this.restart = setTimeout(() => void this.start(), delay);
    }
    if (client !== undefined) {
      await this.putAway(client);
    }
  }

  /** Ends a client's server. One that ended by itself has nothing left: the library has taken its listeners and diagnostics away. */
  private async putAway(client: QuietClient): Promise<void> {
    // Let the library finish with the end that it is telling of.
    await new Promise(setImmediate);
    if (client.state !== State.Running) {
      return;
    }
    try {
      await client.dispose(2_000);
    } catch (error) {
      this.log.warn(`The language server did not end as asked: ${messageOf(error)}`);
    }
  }

  private async showStopped(message: string): Promise<void> {
    const [log, restart, settings] = ['Show Log', 'Restart', 'Open Settings'] as const;
    switch (await vscode.window.showErrorMessage(`Kohaku: ${message}`, log, restart, settings)) {
      case log: return this.log.show(true);
      case restart: return this.restartNow();
      case settings: return void vscode.commands.executeCommand('workbench.action.openSettings', 'kohaku.server');
    }
  }

  private enter(state: ServerState): void {
    this.state = state;
    this.changed.fire();
  }
}

/** Whether someone set it anywhere: the manifest's defaults say what holds otherwise, and must not lie over kohaku.json. */
function isSet(setting: ReturnType<vscode.WorkspaceConfiguration['inspect']>): boolean {
  const { key: _, defaultValue: __, defaultLanguageValue: ___, languageIds: ____, ...set } = setting ?? { key: '' };
  return Object.values(set).some(value => value !== undefined);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
