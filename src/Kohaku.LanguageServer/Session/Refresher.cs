using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Session;

/// <summary>After configuration or tags changed: what the client shows is made anew, and what was wrong in a configuration is told.</summary>
internal sealed class Refresher(ServerState state, Client client, DiagnosticPush push, ConfigurationReports reports, string version)
{
    /// <summary>Asks the client, as far as it can, to ask for everything again.</summary>
    public async Task RefreshAsync()
    {
        push.ScheduleAll();
        var workspace = state.Current.Client.Capabilities.Workspace;
        await Task.WhenAll(
            AskAsync(workspace?.Diagnostics, "workspace/diagnostic/refresh"),
            AskAsync(workspace?.SemanticTokens, "workspace/semanticTokens/refresh"),
            AskAsync(workspace?.InlayHint, "workspace/inlayHint/refresh"),
            AskAsync(workspace?.CodeLens, "workspace/codeLens/refresh"),
            ReportAsync()).ConfigureAwait(false);
    }

    /// <summary>Asks the client, as far as it can, to ask for findings again: nothing else depends on what changed.</summary>
    public Task RefreshFindingsAsync()
    {
        push.ScheduleAll();
        return AskAsync(state.Current.Client.Capabilities.Workspace?.Diagnostics, "workspace/diagnostic/refresh");
    }

    /// <summary>Tells what is wrong in the configuration, and kohaku's own client what the server works with.</summary>
    public async Task ReportAsync()
    {
        await reports.SendAsync().ConfigureAwait(false);
        var snapshot = state.Current;
        if (snapshot.Client.IsOurs) await StatusReader.SendAsync(snapshot, version, client).ConfigureAwait(false);
    }

    private Task AskAsync(RefreshCapability? capability, string method) =>
        capability?.RefreshSupport == true ? client.RequestAsync(method, [], CancellationToken.None) : Task.CompletedTask;
}
