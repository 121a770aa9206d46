using System.Collections.Concurrent;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Sends findings to clients that do not ask for them: those of the newest version, one lint at a time for each document.</summary>
internal sealed class DiagnosticPush(ServerState state, Client client, Action<string> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, bool> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _sending = new(1);

    /// <inheritdoc/>
    public void Dispose() => _sending.Dispose();

    /// <summary>A document changed, or what it is linted with.</summary>
    public void Schedule(string path)
    {
        // True: a lint is waiting to begin and will see this change. False: one runs, and another has to follow.
        if (state.Current.Client.Pulls || !_waiting.TryAdd(path, true)) return;
        _ = Task.Run(() => RunAsync(path));
    }

    /// <summary>All open documents.</summary>
    public void ScheduleAll()
    {
        foreach (var path in state.Current.Documents.Keys) Schedule(path);
    }

    /// <summary>A document was closed: its findings go.</summary>
    public void Clear(string uri)
    {
        if (!state.Current.Client.Pulls) _ = SendAsync(uri, null, DiagnosticList.None);
    }

    private async Task RunAsync(string path)
    {
        _waiting.TryRemove(path, out _);
        var snapshot = state.Current;
        if (!snapshot.Documents.TryGetValue(path, out var document) || snapshot.Lost.Contains(path)) return;

        DiagnosticList findings;
        try
        {
            findings = PartLinter.Findings(snapshot, document, CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody awaits this: what it throws would be seen by no one.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            log($"linting {document.Uri} failed: {failure}");
            return;
        }

        // One at a time, so that an older version's findings never overtake a newer one's.
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            if (state.Current.Documents.TryGetValue(path, out var now) && ReferenceEquals(now, document)) await SendAsync(document.Uri, document.Version, findings).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private Task SendAsync(string uri, int? version, DiagnosticList findings)
    {
        var parameters = new Dictionary<string, object?> { ["uri"] = uri, ["diagnostics"] = findings };
        if (version is not null) parameters["version"] = version;
        return client.NotifyAsync("textDocument/publishDiagnostics", parameters);
    }
}
