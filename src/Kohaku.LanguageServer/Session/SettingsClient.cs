using System.Text.Json;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Session;

/// <summary>Asks the client for its settings and makes them those in use.</summary>
internal sealed class SettingsClient(ServerState state, Client client, Refresher refresher)
{
    private const string Section = "kohaku";

    private readonly Lock _gate = new();
    private long _lastTurn;
    private long _used;

    /// <summary>
    /// A place in the order in which the client spoke, taken before anything is left to other threads: two changes on one another's heels are read side by side, and the later one must stay.
    /// </summary>
    public long Turn() => Interlocked.Increment(ref _lastTurn);

    /// <summary>Asks; a client that cannot be asked is not.</summary>
    /// <returns>Whether there was an answer.</returns>
    public async Task<bool> PullAsync(long turn)
    {
        if (state.Current.Client.Capabilities.Workspace?.Configuration != true) return false;

        var answer = await client.RequestAsync(
            "workspace/configuration", new() { ["items"] = new ConfigurationItem[] { new(null, Section) } }, CancellationToken.None).ConfigureAwait(false);
        if (answer is not { ValueKind: JsonValueKind.Array } items || items.GetArrayLength() == 0) return false;

        await UseAsync(turn, items[0]).ConfigureAwait(false);
        return true;
    }

    /// <summary>Makes settings those in use that a client sent along: the section itself, or an object that holds it.</summary>
    public Task UseSentAsync(long turn, JsonElement settings) =>
        UseAsync(turn, settings.ValueKind == JsonValueKind.Object && settings.TryGetProperty(Section, out var section) ? section : settings);

    private Task UseAsync(long turn, JsonElement settings)
    {
        var read = EditorSettings.Read(settings, state.Current.Client.FirstFolder);
        bool isKnown;
        lock (_gate)
        {
            if (turn < _used) return Task.CompletedTask;

            _used = turn;
            isKnown = read.SaysTheSameAs(state.Current.Setup.Editor);
            if (!isKnown) state.Reload(read);
        }

        return isKnown ? refresher.ReportAsync() : refresher.RefreshAsync();
    }
}
