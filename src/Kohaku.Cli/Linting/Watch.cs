using System.Threading.Channels;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Files;
using Kohaku.Files.Configuration;

namespace Kohaku.Cli.Linting;

/// <summary><c>--watch</c>: lints all once, then what changes, until Ctrl-C.</summary>
internal sealed class Watch(LintOptions options, Session session)
{
    // Editors write a file in several steps; what comes within this time is one change.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    // Where changes never pause (a checkout of a large library), what has come by then is linted.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Stands among the changed paths for all of them.
    private const string Everything = "";

    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs until Ctrl-C, which is how it ends well.</summary>
    public int Run()
    {
        if (options.Prompt is not null || options.Paths.Contains("-")) throw new UserException("--watch follows files; standard input and --prompt do not change", "Leave --watch out, or name files");

        var stop = session.StopOnInterrupt();
        var watchers = options.Paths.Select(WatcherOf).ToList();
        try
        {
            var knowledge = new Knowledge(session.Surroundings);
            Lint(knowledge, null, stop);
            Say($"watching {string.Join(", ", options.Paths)}; Ctrl-C ends");
            while (Next(stop) is { Count: > 0 } changed)
            {
                if (changed.Contains(Everything))
                {
                    Say("more changed than could be followed; linting all again");
                    Lint(knowledge, null, stop);
                }
                else if (changed.Any(DecidesAboutOthers))
                {
                    Lint(knowledge, null, stop);
                }
                else if (Found(changed) is { Count: > 0 } files)
                {
                    Lint(knowledge, files, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is the way out.
        }
        finally
        {
            foreach (var watcher in watchers) watcher.Dispose();
        }

        return ExitCode.Clean;
    }

    private void Lint(Knowledge knowledge, IReadOnlyList<FoundFile>? files, CancellationToken stop)
    {
        if (files is not null && session.OutputLook.Terminal)
        {
            using var output = session.OpenOutput();
            output.Write("\e[2J\e[3J\e[H");
        }

        new LintRun(options, session, knowledge, stop).Run(files);
    }

    /// <summary>The paths that changed, once nothing has changed for a moment.</summary>
    private HashSet<string> Next(CancellationToken stop)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal) { Wait(stop) };
        var first = session.Time.GetTimestamp();
        while (true)
        {
            var left = Longest - session.Time.GetElapsedTime(first);
            if (left <= TimeSpan.Zero) return changed;

            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
            pause.CancelAfter(left < Quiet ? left : Quiet);
            try
            {
                changed.Add(Wait(pause.Token));
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return changed;
            }
        }
    }

    private string Wait(CancellationToken stop)
    {
        try
        {
            return _changes.Reader.ReadAsync(stop).AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException closed) when (closed.InnerException is UserException why)
        {
            throw new UserException(why.Message, why.Action);
        }
    }

    // A configuration, or what is ignored.
    private static bool DecidesAboutOthers(string path) =>
        Path.GetFileName(path.AsSpan()) is ConfigurationFinder.FileName or ".gitignore" or ".kohakuignore";

    // The walker decides which of them would be linted: ignore files and kinds hold here too.
    private List<FoundFile> Found(HashSet<string> changed)
    {
        var walker = new FileWalker(new WalkOptions { Input = options.Input, Only = changed }, _ => { });
        return [.. walker.Walk(options.Paths).Where(file => !file.IsNamed || changed.Contains(session.Absolute(file.Path)))];
    }

    private FileSystemWatcher WatcherOf(string path)
    {
        var absolute = session.Absolute(path);
        while (path.AsSpan().IndexOfAny("*?[{") >= 0 && !Path.Exists(absolute)) absolute = Path.GetDirectoryName(absolute) ?? session.Directory;
        if (!Path.Exists(absolute)) throw new UserException($"{path}: no such file or directory", "Check the path");

        var isFolder = Directory.Exists(absolute);
        var watcher = new FileSystemWatcher(isFolder ? absolute : Path.GetDirectoryName(absolute)!)
        {
            IncludeSubdirectories = isFolder,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Error += (_, error) => Lost(error.GetException());
        watcher.Changed += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.Created += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.Renamed += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    // Either events were dropped, and everything may have changed, or no more can be watched, and nobody would know.
    private void Lost(Exception why)
    {
        if (why is InternalBufferOverflowException) _changes.Writer.TryWrite(Everything);
        else _changes.Writer.TryComplete(new UserException($"cannot watch all folders: {why.Message.TrimEnd('.')}", "On Linux: sysctl fs.inotify.max_user_watches=1048576; or watch fewer folders"));
    }

    private void Say(string line)
    {
        if (options.Quiet) return;

        using var error = session.OpenError();
        new Page(error, session.ErrorLook).Write(line, Ink.Faint).Line();
    }
}
