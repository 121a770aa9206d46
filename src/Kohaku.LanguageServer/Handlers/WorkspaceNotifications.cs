using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>initialized</c>: asks for the settings and for news of files; the tags are opened meanwhile.</summary>
internal sealed class InitializedHandler(ServerState state, Client client, SettingsClient settings, Refresher refresher, LiveReload reload, ModelWatch model, Action<string> log)
    : IOrderedHandler<EmptyParams>
{
    private static readonly FileWatcher[] s_watchers = [new("**/kohaku.json"), new("**/*.prompt"), new("**/.kohakuignore"), new("**/.gitignore"), new("**/*.{csv,tsv,safetensors}")];

    /// <inheritdoc/>
    public object? Handle(EmptyParams message)
    {
        var turn = settings.Turn();
        _ = Task.Run(() => StartAsync(turn));
        return null;
    }

    private async Task StartAsync(long turn)
    {
        try
        {
            await RegisterAsync().ConfigureAwait(false);
            if (!await settings.PullAsync(turn).ConfigureAwait(false)) await refresher.ReportAsync().ConfigureAwait(false);
            reload.Watch();
            model.Start();
        }
#pragma warning disable CA1031 // Nobody awaits this: what it throws would be seen by no one.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log($"the start after initialize failed: {failure}");
        }
    }

    private async Task RegisterAsync()
    {
        var registrations = new List<Registration>();
        var workspace = state.Current.Client.Capabilities.Workspace;
        if (workspace?.DidChangeWatchedFiles?.DynamicRegistration == true)
            registrations.Add(new Registration("kohaku-files", "workspace/didChangeWatchedFiles") { RegisterOptions = new FileWatcherOptions(s_watchers) });
        if (workspace?.DidChangeConfiguration?.DynamicRegistration == true)
            registrations.Add(new Registration("kohaku-settings", "workspace/didChangeConfiguration"));
        if (registrations.Count > 0)
            await client.RequestAsync("client/registerCapability", new() { ["registrations"] = registrations.ToArray() }, CancellationToken.None).ConfigureAwait(false);
    }
}

/// <summary><c>workspace/didChangeConfiguration</c>: takes the settings sent along, or asks for them.</summary>
internal sealed class DidChangeConfigurationHandler(SettingsClient settings) : IOrderedHandler<DidChangeConfigurationParams>
{
    /// <inheritdoc/>
    public object? Handle(DidChangeConfigurationParams message)
    {
        var turn = settings.Turn();
        _ = Task.Run(async () =>
        {
            if (!await settings.PullAsync(turn).ConfigureAwait(false) && message.Settings is { } sent) await settings.UseSentAsync(turn, sent).ConfigureAwait(false);
        });
        return null;
    }
}

/// <summary><c>workspace/didChangeWatchedFiles</c>: configuration and tag lists are read anew.</summary>
internal sealed class DidChangeWatchedFilesHandler(LiveReload reload) : IOrderedHandler<DidChangeWatchedFilesParams>
{
    /// <inheritdoc/>
    public object? Handle(DidChangeWatchedFilesParams message)
    {
        foreach (var change in message.Changes) reload.Changed(DocumentPath.Of(change.Uri));
        return null;
    }
}

/// <summary><c>workspace/didChangeWorkspaceFolders</c>.</summary>
internal sealed class DidChangeWorkspaceFoldersHandler(ServerState state, LiveReload reload) : IOrderedHandler<DidChangeWorkspaceFoldersParams>
{
    /// <inheritdoc/>
    public object? Handle(DidChangeWorkspaceFoldersParams message)
    {
        var removed = message.Event.Removed.Select(folder => DocumentPath.Of(folder.Uri)).ToHashSet();
        var added = message.Event.Added.Select(folder => DocumentPath.Of(folder.Uri)).Where(DocumentPath.IsFile);
        state.Change(snapshot => snapshot with
        {
            Client = snapshot.Client with { Folders = [.. snapshot.Client.Folders.Where(folder => !removed.Contains(folder)).Union(added)] },
        });
        reload.WatchSoon();
        return null;
    }
}

/// <summary><c>kohaku/trustChanged</c>: from here on files that the workspace names are read, or no longer.</summary>
internal sealed class TrustChangedHandler(ServerState state, Refresher refresher) : IOrderedHandler<TrustChangedParams>
{
    /// <inheritdoc/>
    public object? Handle(TrustChangedParams message)
    {
        state.Reload(isTrusted: message.Trusted);
        _ = Task.Run(refresher.RefreshAsync);
        return null;
    }
}

/// <summary><c>$/setTrace</c>: the server's log says the same whatever the client traces.</summary>
internal sealed class SetTraceHandler : IOrderedHandler<EmptyParams>
{
    /// <inheritdoc/>
    public object? Handle(EmptyParams message) => null;
}
