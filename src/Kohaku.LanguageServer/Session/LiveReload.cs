using Kohaku.Analysis.Configuration;
using Kohaku.Files.Configuration;
using Kohaku.LanguageServer.Documents;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>Reloads configuration and tags when the files they come from change, whether the client watches files or not, inside the workspace or elsewhere.</summary>
/// <remarks>
/// The few files in question are looked at once a second, some microseconds each. The system's own watches are scarce (128 a user on many systems), differ between systems, and see
/// nothing on network drives.
/// </remarks>
internal sealed class LiveReload : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    // A writer replaces several files one behind the other; one reload for them is enough.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    // A file's time may be a step of the system's clock behind.
    private static readonly TimeSpan s_clockStep = TimeSpan.FromMilliseconds(20);

    private readonly ServerState _state;
    private readonly Refresher _refresher;
    private readonly Action<string> _log;
    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private Dictionary<string, DateTime> _stamps = new(StringComparer.Ordinal);
    private List<string> _folders = [];
    private bool _told;
    private int _isDue;

    /// <summary>Looks at nothing until <see cref="Watch"/>.</summary>
    public LiveReload(ServerState state, Refresher refresher, Action<string> log)
    {
        (_state, _refresher, _log) = (state, refresher, log);
        _timer = new Timer(_ => Look());
    }

    /// <summary>A file changed, as the client says.</summary>
    public void Changed(string path)
    {
        if (IsUsed(path)) TagsChanged();
    }

    /// <summary>The tags in use are not what they were.</summary>
    public void TagsChanged()
    {
        Volatile.Write(ref _told, true);
        _timer.Change(s_quiet, s_interval);
    }

    /// <summary>Looks after the files that are in use now, and the places in which a configuration may turn up.</summary>
    public void Watch()
    {
        lock (_gate)
        {
            Volatile.Write(ref _isDue, 0);
            var setup = _state.Current.Setup;
            var stamps = Files(_state.Current, out var folders).ToDictionary(path => path, Stamp, StringComparer.Ordinal);
            (_stamps, _folders) = (stamps, folders);

            // What changed between being read and being looked at was seen by nobody.
            if (stamps.Values.Any(stamp => stamp > setup.Made - s_clockStep)) Volatile.Write(ref _told, true);
            _timer.Change(_told ? s_quiet : s_interval, s_interval);
        }
    }

    /// <summary>The same on another thread: once for however many documents an editor opens in one go.</summary>
    public void WatchSoon()
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0) _ = Task.Run(Watch);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private static DateTime Stamp(string path) => File.GetLastWriteTimeUtc(path);

    private static HashSet<string> Files(Snapshot snapshot, out List<string> folders)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        folders = [];
        var setup = snapshot.Setup;
        foreach (var path in snapshot.Documents.Keys.Where(DocumentPath.IsFile).Concat(snapshot.Client.Folders.Select(folder => Path.Combine(folder, "x"))))
        {
            for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder)) files.Add(Path.Combine(folder, ConfigurationFinder.FileName));
            Use(setup.SettingsFor(path), setup.IsTrusted, files, folders);
        }

        files.UnionWith(setup.ConfigurationFiles);
        files.UnionWith(folders);
        files.Add(Path.Combine(TagData.StoreOf(setup.Surroundings).Folder, TagStore.PointerName));
        return files;
    }

    private static void Use(Settings settings, bool isTrusted, HashSet<string> files, List<string> folders)
    {
        if (!isTrusted) return;

        files.UnionWith(settings.Tags.Translations);
        files.UnionWith(settings.Tags.Databases);
        files.UnionWith(settings.Tags.Extra);
        foreach (var folder in settings.Networks.Concat(settings.Embeddings).Concat(settings.Wildcards))
            if (!folders.Contains(folder)) folders.Add(folder);
    }

    private bool IsUsed(string path)
    {
        var name = Path.GetFileName(path);
        lock (_gate)
        {
            return name is ConfigurationFinder.FileName or TagStore.PointerName or ".kohakuignore" or ".gitignore"
                || _stamps.ContainsKey(path)
                || _folders.Exists(folder => path.StartsWith(folder, StringComparison.Ordinal));
        }
    }

    private void Look()
    {
        try
        {
            lock (_gate)
            {
                if (!_told && _stamps.All(file => Stamp(file.Key) == file.Value)) return;
                _told = false;
            }

            _state.Reload();
            Watch();
            _ = _refresher.RefreshAsync();
        }
#pragma warning disable CA1031 // On a timer's thread: what it throws would end the process.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _log($"configuration and tags were not read again: {failure}");
        }
    }
}
