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

    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Runs until Ctrl-C, which is how it ends well.</summary>
    public int Run()
    {
        if (options.Prompt is not null || options.Paths.Contains("-")) throw new UserException("--watch follows files; standard input and --prompt do not change", "Leave --watch out, or name files");

        var stop = session.StopOnInterrupt();
        using var watchers = new Watchers(options.Paths, session, _changes.Writer);
        try
        {
            var knowledge = new Knowledge(session.Surroundings);
            Lint(knowledge, null, stop);
            Say($"watching {string.Join(", ", options.Paths)}; Ctrl-C ends");
            while (Next(stop) is { Count: > 0 } changed)
            {
                if (changed.Contains(Watchers.Everything))
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

    private void Say(string line)
    {
        if (options.Quiet) return;

        using var error = session.OpenError();
        new Page(error, session.ErrorLook).Write(line, Ink.Faint).Line();
    }
}
