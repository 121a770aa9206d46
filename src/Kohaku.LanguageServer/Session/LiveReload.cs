using System.Collections.Concurrent;
using Kohaku.Analysis.Configuration;
using Kohaku.Files.Configuration;
using Kohaku.LanguageServer.Documents;
using Kohaku.Tags;
using Kohaku.Workspace;

namespace Kohaku.LanguageServer.Session;

/// <summary>Reloads configuration and tags when the files they come from change, whether the client watches files or not, inside the workspace or elsewhere.</summary>
internal sealed class LiveReload : IDisposable
{
    // A writer replaces several files one behind the other; one reload for them is enough.
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(100);

    // A file's time may be a step of the system's clock behind.
    private static readonly TimeSpan s_clockStep = TimeSpan.FromMilliseconds(20);

    private readonly ServerState _state;
    private readonly Refresher _refresher;
    private readonly Action<string> _log;
    private readonly ConcurrentDictionary<string, FileSystemWatcher?> _watchers = new(StringComparer.Ordinal);
    private readonly Timer _timer;
    private HashSet<string> _used = new(StringComparer.Ordinal);
    private List<string> _folders = [];

    /// <summary>Watches nothing until <see cref="Watch"/>.</summary>
    public LiveReload(ServerState state, Refresher refresher, Action<string> log)
    {
        (_state, _refresher, _log) = (state, refresher, log);
        _timer = new Timer(_ => Reload());
    }

    /// <summary>A file changed, as the client or the system says.</summary>
    public void Changed(string path)
    {
        if (IsUsed(path)) _timer.Change(s_quiet, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Watches the files that are in use now, and the folders in which a configuration may turn up.</summary>
    public void Watch()
    {
        var snapshot = _state.Current;
        var setup = snapshot.Setup;
        var used = new HashSet<string>(StringComparer.Ordinal);
        var folders = new List<string>();
        var watched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in snapshot.Documents.Keys.Where(DocumentPath.IsFile).Concat(snapshot.Client.Folders.Select(folder => Path.Combine(folder, "x"))))
        {
            for (var folder = Path.GetDirectoryName(path); folder is not null && Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            {
                watched.Add(folder);
                if (snapshot.Client.Folders.Contains(folder)) break;
            }

            Use(setup.SettingsFor(path), used, folders);
        }

        used.UnionWith(setup.ConfigurationFiles);
        if (setup.IsTrusted) watched.UnionWith(folders);
        watched.UnionWith(used.Select(file => Path.GetDirectoryName(file)!));
        watched.Add(TagData.StoreOf(setup.Surroundings).Folder);
        (_used, _folders) = (used, folders);
        foreach (var folder in watched) _watchers.GetOrAdd(folder, WatcherOf);
        foreach (var folder in _watchers.Keys.Except(watched))
            if (_watchers.TryRemove(folder, out var watcher)) watcher?.Dispose();

        // What changed between being read and being watched was seen by nobody.
        if (used.Any(file => File.GetLastWriteTimeUtc(file) > setup.Made - s_clockStep)) _timer.Change(s_quiet, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        foreach (var watcher in _watchers.Values) watcher?.Dispose();
    }

    private static void Use(Settings settings, HashSet<string> used, List<string> folders)
    {
        used.UnionWith(settings.Tags.Databases);
        used.UnionWith(settings.Tags.Extra);
        used.UnionWith(settings.Tags.Translations);
        foreach (var folder in settings.Networks.Concat(settings.Embeddings).Concat(settings.Wildcards))
            if (!folders.Contains(folder)) folders.Add(folder);
    }

    private bool IsUsed(string path)
    {
        var name = Path.GetFileName(path);
        return name is ConfigurationFinder.FileName or TagStore.PointerName or ".kohakuignore" or ".gitignore"
            || _used.Contains(path)
            || _folders.Exists(folder => path.StartsWith(folder, StringComparison.Ordinal));
    }

    private FileSystemWatcher? WatcherOf(string folder)
    {
        if (!Directory.Exists(folder)) return null;

        try
        {
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite };
            watcher.Changed += (_, change) => Changed(change.FullPath);
            watcher.Created += (_, change) => Changed(change.FullPath);
            watcher.Deleted += (_, change) => Changed(change.FullPath);
            watcher.Renamed += (_, change) => Changed(change.FullPath);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _log($"{folder} cannot be watched: {refused.Message}; changes there are seen when the editor tells them, or at the next start");
            return null;
        }
    }

    private void Reload()
    {
        _state.Reload();
        Watch();
        _ = _refresher.RefreshAsync();
    }
}
