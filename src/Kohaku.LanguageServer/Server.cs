using System.Text.Json.Serialization.Metadata;
using Kohaku.Jobs.Workers;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Handlers;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Workspace;
using Microsoft.VisualStudio.Threading;

namespace Kohaku.LanguageServer;

/// <summary>A language server on two streams.</summary>
public sealed class Server
{
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Surroundings _surroundings;
    private readonly string _version;
    private readonly Action<string> _log;
    private readonly GenerationWorker? _worker;

    /// <summary>A server; nothing is read before it runs.</summary>
    /// <param name="surroundings">What may be touched.</param>
    /// <param name="version">The program's version.</param>
    /// <param name="log">Takes lines for whoever looks for a fault: standard error.</param>
    /// <param name="worker">Makes images; its owner ends it. <see langword="null"/> where this program makes none.</param>
    public Server(Surroundings surroundings, string version, Action<string> log, GenerationWorker? worker = null) =>
        (_surroundings, _version, _log, _worker) = (surroundings, version, log, worker);

    /// <summary>The methods it knows, once it runs.</summary>
    internal IReadOnlyList<Route> Routes { get; private set; } = [];

    /// <summary>Serves one client until it says <c>exit</c>, is gone, or closes its side.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">What the client gets.</param>
    /// <returns>The exit code: 0 after <c>shutdown</c> and <c>exit</c>.</returns>
    public async Task<int> RunAsync(Stream input, Stream output)
    {
        var state = new ServerState(_surroundings);
        var client = new Client(_log);
        using var push = new DiagnosticPush(state, client, _log);
        using var reports = new ConfigurationReports(state, client);
        var refresher = new Refresher(state, client, push, reports, _version);
        using var reload = new LiveReload(state, refresher, _log);
        state.TagsDamaged += reload.TagsChanged;
        using var model = new ModelWatch(state, refresher, _log);
        await using var usage = new Completing.UsageMemory();
        using var connection = new Connection(input, output, Resolver(), _log);

        // Calls are made one behind the other, in the order of the messages, each up to its first await.
        var order = new NonConcurrentSynchronizationContext(sticky: false);
        connection.SynchronizationContext = order;
        client.Attach(connection);
        Routes = [.. RoutesOf(state, client, push, refresher, reload, model), .. Completing.CompletionRoutes.All(state, usage)];
        foreach (var route in Routes) Endpoint.Add(connection, route, state);
        connection.StartListening();

        var ended = await Task.WhenAny(_ended.Task, Completion(connection, order)).ConfigureAwait(false);
        return await ended.ConfigureAwait(false);
    }

    private static IJsonTypeInfoResolver Resolver() =>
        JsonTypeInfoResolver.Combine(ProtocolJson.Default, CompletionJson.Default, ReadingJson.Default, EditingJson.Default, GenerationJson.Default);

    private async Task<int> Completion(Connection connection, SynchronizationContext order)
    {
        try
        {
            await connection.Completion.ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            _log($"the connection broke: {broken.Message}");
        }

        // What the client sent before it closed its side is handled first: an `exit` among it says the code.
        var handled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        order.Post(static task => ((TaskCompletionSource)task!).SetResult(), handled);
        await handled.Task.ConfigureAwait(false);
        if (_ended.Task.IsCompleted) return await _ended.Task.ConfigureAwait(false);

        // The client went without a word.
        return 1;
    }

    private IEnumerable<Route> RoutesOf(ServerState state, Client client, DiagnosticPush push, Refresher refresher, LiveReload reload, ModelWatch model)
    {
        var json = ProtocolJson.Default;
        var settings = new SettingsClient(state, client, refresher);
        yield return Route.Ordered("initialize", json.InitializeParams, new InitializeHandler(state, _version, Watch)) with { BeforeInitialize = true };
        yield return Route.Ordered("initialized", json.EmptyParams, new InitializedHandler(state, client, settings, refresher, reload, model, _log));
        yield return Route.Ordered("shutdown", json.EmptyParams, new ShutdownHandler(state));
        yield return Route.Ordered("exit", json.EmptyParams, new ExitHandler(state, code => _ended.TrySetResult(code))) with { BeforeInitialize = true, AfterShutdown = true };
        yield return Route.Ordered("textDocument/didOpen", json.DidOpenTextDocumentParams, new DidOpenHandler(state, push, reload));
        var change = new DidChangeHandler(state, push, _log);
        yield return Route.Ordered("textDocument/didChange", json.DidChangeTextDocumentParams, change) with { OnMalformed = change.Lose };
        yield return Route.Ordered("textDocument/didClose", json.TextDocumentParams, new DidCloseHandler(state, push));
        yield return Route.Ordered("textDocument/didSave", json.DidSaveTextDocumentParams, new DidSaveHandler());
        yield return Route.Ordered("workspace/didChangeConfiguration", json.DidChangeConfigurationParams, new DidChangeConfigurationHandler(settings));
        yield return Route.Ordered("workspace/didChangeWatchedFiles", json.DidChangeWatchedFilesParams, new DidChangeWatchedFilesHandler(reload));
        yield return Route.Ordered("workspace/didChangeWorkspaceFolders", json.DidChangeWorkspaceFoldersParams, new DidChangeWorkspaceFoldersHandler(state, reload));
        yield return Route.Ordered("kohaku/trustChanged", json.TrustChangedParams, new TrustChangedHandler(state, refresher));
        yield return Route.Ordered("$/setTrace", json.EmptyParams, new SetTraceHandler());
        yield return Route.Lasting("workspace/diagnostic", json.WorkspaceDiagnosticParams, new WorkspaceDiagnosticHandler(client));
        yield return Route.Background("textDocument/diagnostic", json.DocumentDiagnosticParams, new DocumentDiagnosticHandler());
        foreach (var route in ReadingRoutes.All(_version)) yield return route;
        foreach (var route in EditingRoutes.All(client)) yield return route;
        foreach (var route in Generating.GenerationRoutes.All(client, _worker)) yield return route;
    }

    private void Watch(int parent) => ParentWatch.Start(parent, () => _ended.TrySetResult(1));
}
