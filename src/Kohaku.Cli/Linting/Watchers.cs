using System.Threading.Channels;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Linting;

/// <summary>Tells of changes below the paths of a command line.</summary>
/// <remarks>
/// On Linux all watchers of a process share one thread, and that ends for good, without a word, when a folder is moved away while something else changes (dotnet/runtime#133420). Once a second
/// is looked whether it is there; where it is not, all are made anew, and everything counts as changed.
/// </remarks>
internal sealed class Watchers : IDisposable
{
    /// <summary>Stands for all paths: more changed than was told of.</summary>
    public const string Everything = "";

    private const string Threads = "/proc/self/task";

    // The system keeps fifteen letters of `.NET File Watcher`.
    private const string ReadingThread = ".NET File Watch";

    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<string> _paths;
    private readonly Session _session;
    private readonly ChannelWriter<string> _changes;
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly ITimer? _pulse;
    private bool _isOver;

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files, folders and globs.</param>
    /// <param name="session">Where paths begin.</param>
    /// <param name="changes">Takes the absolute paths of what changed; it is completed with a <see cref="UserException"/> where no more can be watched.</param>
    /// <exception cref="UserException">A path is not there.</exception>
    public Watchers(IReadOnlyList<string> paths, Session session, ChannelWriter<string> changes)
    {
        (_paths, _session, _changes) = (paths, session, changes);
        Begin();
        if (Directory.Exists(Threads)) _pulse = session.Time.CreateTimer(_ => Look(), null, Pulse, Pulse);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pulse?.Dispose();
        lock (_gate)
        {
            _isOver = true;
            End();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_isOver || IsRead()) return;

            End();
            try
            {
                Begin();
                _changes.TryWrite(Everything);
            }
            catch (Exception gone) when (gone is UserException or ArgumentException or IOException)
            {
                _isOver = true;
                _changes.TryComplete(gone as UserException ?? Refused(gone));
            }
        }
    }

    private static bool IsRead()
    {
        foreach (var thread in Directory.EnumerateDirectories(Threads))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(thread, "comm")).StartsWith(ReadingThread, StringComparison.Ordinal)) return true;
            }
            catch (IOException)
            {
                // It has ended meanwhile.
                continue;
            }
        }

        return false;
    }

    private void Begin()
    {
        foreach (var path in _paths) _watchers.Add(WatcherOf(path));
    }

    private void End()
    {
        foreach (var watcher in _watchers) watcher.Dispose();
        _watchers.Clear();
    }

    private FileSystemWatcher WatcherOf(string path)
    {
        var absolute = _session.Absolute(path);
        while (path.AsSpan().IndexOfAny("*?[{") >= 0 && !Path.Exists(absolute)) absolute = Path.GetDirectoryName(absolute) ?? _session.Directory;
        if (!Path.Exists(absolute)) throw new UserException($"{path}: no such file or directory", "Check the path");

        var isFolder = Directory.Exists(absolute);
        var watcher = new FileSystemWatcher(isFolder ? absolute : Path.GetDirectoryName(absolute)!)
        {
            IncludeSubdirectories = isFolder,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Error += (_, error) => Lost(error.GetException());
        watcher.Changed += (_, change) => _changes.TryWrite(change.FullPath);
        watcher.Created += (_, change) => _changes.TryWrite(change.FullPath);
        watcher.Renamed += (_, change) => _changes.TryWrite(change.FullPath);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    // Either events were dropped, and everything may have changed, or no more can be watched, and nobody would know.
    private void Lost(Exception why)
    {
        if (why is InternalBufferOverflowException) _changes.TryWrite(Everything);
        else _changes.TryComplete(Refused(why));
    }

    private static UserException Refused(Exception why) =>
        new($"cannot watch all folders: {why.Message.TrimEnd('.')}", "On Linux: sysctl fs.inotify.max_user_watches=1048576; or watch fewer folders");
}
