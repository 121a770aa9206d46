using Kohaku.Jobs.Models;

namespace Kohaku.LanguageServer.Session;

/// <summary>
/// Looks at the model that the settings name, in the background, and again when its files change; what is found becomes part of the snapshot. A header may be long and a drive slow: nobody waits
/// for it.
/// </summary>
internal sealed class ModelWatch : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly ServerState _state;
    private readonly Refresher _refresher;
    private readonly Action<string> _log;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private (string Model, string? Vae)? _wanted;
    private string? _seen;
    private long _lastId;

    /// <summary>Looks at nothing until the settings name a model and the workspace is trusted.</summary>
    public ModelWatch(ServerState state, Refresher refresher, Action<string> log)
    {
        (_state, _refresher, _log) = (state, refresher, log);
        _timer = new Timer(_ => Look());
    }

    /// <summary>Begins. A client may be asked to ask for findings again from here on: many refuse it while they start.</summary>
    public void Start()
    {
        _state.Changed += Follow;
        Want(_state.Current.Setup);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _state.Changed -= Follow;
        _timer.Dispose();
    }

    private static (string Model, string? Vae)? Wanted(Setup setup) =>
        setup is { IsTrusted: true, Editor.Generate: { Model: { } model } generate } ? (model, generate.Vae) : null;

    // In the state's turn: quick, and reads nothing.
    private void Follow(Snapshot before, Snapshot after)
    {
        if (!ReferenceEquals(before.Setup, after.Setup)) Want(after.Setup);
    }

    private void Want(Setup setup)
    {
        lock (_gate)
        {
            if (Wanted(setup) is var wanted && wanted == _wanted) return;

            _wanted = wanted;
            _timer.Change(wanted is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, wanted is null ? Timeout.InfiniteTimeSpan : s_interval);
        }
    }

    private void Look()
    {
        // A slow drive may outlast the interval.
        if (!_turn.Wait(0)) return;
        try
        {
            while (Wanted(_state.Current.Setup) is { } wanted && StampOf(wanted) is var stamp && stamp != _seen)
            {
                var report = ModelCheck.Of(wanted.Model, wanted.Vae);
                _seen = stamp;
                Publish(wanted, report);
            }
        }
#pragma warning disable CA1031 // On a timer's thread: what it throws would end the process.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log($"the model could not be looked at: {failure}");
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Publish((string Model, string? Vae) wanted, ModelReport report)
    {
        var known = _state.Current.Model;
        if (known is not null && (known.Path, known.Vae) == wanted && known.Report.Size == report.Size && known.Report.Findings.SequenceEqual(report.Findings)) return;

        _state.Change(snapshot => snapshot with { Model = new CheckedModel(++_lastId, wanted.Model, wanted.Vae, report) });
        _ = _refresher.RefreshFindingsAsync();
    }

    // What the look reads of a file or folder, by name, length and time.
    private static string StampOf((string Model, string? Vae) wanted)
    {
        string[] files = Directory.Exists(wanted.Model)
            ? [.. FolderLook.Parts.Select(part => FolderLook.PathOf(wanted.Model, part)), .. new[] { FolderLook.IndexName, FolderLook.SchedulerConfig, FolderLook.DecoderConfig }.Select(name => FolderLook.PathOf(wanted.Model, name))]
            : [wanted.Model];
        return string.Join('\n', [.. files.Select(Stamp), Stamp(wanted.Vae ?? "")]);

        static string Stamp(string path)
        {
            if (path.Length == 0) return "";

            var file = new FileInfo(path);
            return FormattableString.Invariant($"{path}|{(file.Exists ? file.Length : -1)}|{file.LastWriteTimeUtc.Ticks}");
        }
    }
}
