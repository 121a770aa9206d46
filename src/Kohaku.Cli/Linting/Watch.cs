using System.Threading.Channels;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary><c>--watch</c>: lints all once, then what changes, until Ctrl-C.</summary>
internal sealed class Watch(LintOptions options, Session session)
{
    // Editors write a file in several steps; what comes within this time is one change.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

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
                var files = Found(changed);
                if (files.Count > 0) Lint(knowledge, files, stop);
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
        while (true)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stop);
            pause.CancelAfter(Quiet);
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

    private string Wait(CancellationToken stop) => _changes.Reader.ReadAsync(stop).AsTask().GetAwaiter().GetResult();

    // The walker decides which of them would be linted: ignore files and kinds hold here too.
    private List<FoundFile> Found(HashSet<string> changed)
    {
        var walker = new FileWalker(new WalkOptions { Input = options.Input }, _ => { });
        return [.. walker.Walk(options.Paths).Where(file => changed.Contains(session.Absolute(file.Path)))];
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
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
        };
        watcher.Changed += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.Created += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.Renamed += (_, change) => _changes.Writer.TryWrite(change.FullPath);
        watcher.EnableRaisingEvents = true;
        return watcher;
    }

    private void Say(string line)
    {
        if (options.Quiet) return;

        using var error = session.OpenError();
        new Page(error, session.ErrorLook).Write(line, Ink.Faint).Line();
    }
}
