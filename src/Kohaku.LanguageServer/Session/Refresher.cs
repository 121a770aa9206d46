using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Session;

/// <summary>After configuration or tags changed: what the client shows is made anew, and what was wrong in a configuration is told.</summary>
internal sealed class Refresher(ServerState state, Client client, DiagnosticPush push, ConfigurationReports reports)
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
            reports.SendAsync()).ConfigureAwait(false);
    }

    /// <summary>Tells what is wrong in the configuration, and asks for nothing.</summary>
    public Task ReportAsync() => reports.SendAsync();

    private Task AskAsync(RefreshCapability? capability, string method) =>
        capability?.RefreshSupport == true ? client.RequestAsync(method, [], CancellationToken.None) : Task.CompletedTask;
}
