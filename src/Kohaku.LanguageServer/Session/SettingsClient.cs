using System.Text.Json;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Session;

/// <summary>Asks the client for its settings and makes them those in use.</summary>
internal sealed class SettingsClient(ServerState state, Client client, Refresher refresher)
{
    private const string Section = "kohaku";

    /// <summary>Asks; a client that cannot be asked is not.</summary>
    /// <returns>Whether there was an answer.</returns>
    public async Task<bool> PullAsync()
    {
        if (state.Current.Client.Capabilities.Workspace?.Configuration != true) return false;

        var answer = await client.RequestAsync(
            "workspace/configuration", new() { ["items"] = new ConfigurationItem[] { new(null, Section) } }, CancellationToken.None).ConfigureAwait(false);
        if (answer is not { ValueKind: JsonValueKind.Array } items || items.GetArrayLength() == 0) return false;

        await UseAsync(items[0]).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes settings those in use that a client sent along: the section itself, or an object that holds it.</summary>
    public Task UseSentAsync(JsonElement settings) =>
        UseAsync(settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(Section, out var section) ? section : settings);

    private async Task UseAsync(JsonElement settings)
    {
        var read = EditorSettings.Read(settings, state.Current.Client.FirstFolder);
        if (read.SaysTheSameAs(state.Current.Setup.Editor))
        {
            await refresher.ReportAsync().ConfigureAwait(false);
            return;
        }

        state.Reload(read);
        await refresher.RefreshAsync().ConfigureAwait(false);
    }
}
