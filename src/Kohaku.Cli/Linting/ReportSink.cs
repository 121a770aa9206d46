using Kohaku.Cli.Commands;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>Where a lint's results go: standard output or a file, as findings, as a difference or as statistics.</summary>
internal sealed class ReportSink : IDisposable
{
    private readonly LintOptions _options;
    private readonly Session _session;
    private readonly MemoryStream? _file;
    private readonly TextWriter _output;
    private readonly Look _look;
    private readonly TextWriter? _text;
    private bool _ended;

    /// <summary>Opens it.</summary>
    public ReportSink(LintOptions options, Session session)
    {
        _options = options;
        _session = session;
        // A fixed text takes standard output, so its report goes beside it.
        var writesText = options.Fix == FixMode.Write && (options.Prompt is not null || options.Paths is ["-"]);
        if (writesText) _text = session.OpenOutput();
        _file = options.OutputFile is null ? null : new MemoryStream();
        _look = _file is not null ? Look.Plain : writesText ? session.ErrorLook : session.OutputLook;
        _output = _file is not null ? new StreamWriter(_file, Session.Utf8) : writesText ? session.OpenError() : session.OpenOutput();
        Reporter = options.Statistics || options.WriteBaseline || options.Fix == FixMode.Diff ? new SilentReporter() : Formats.Make(options.Format, _output, _look);
    }

    /// <summary>Takes the findings.</summary>
    public Reporter Reporter { get; }

    /// <summary>Takes a file's results.</summary>
    public void Take(FileResult result)
    {
        if (result.NewText is not null) _text?.Write(result.NewText);
        _output.Write(result.Diff);
        if (result.Findings.Count > 0) Reporter.Report(result.Findings);
        // A person reads along; a pipe is filled in large pieces.
        if (_look.Terminal && result.Findings.Count > 0) _output.Flush();
    }

    /// <summary>Ends the report and says what the run came to.</summary>
    public void End(RunSummary summary)
    {
        _ended = true;
        Reporter.End(summary);
        if (_options.Statistics) Statistics.Write(_output, _look, summary.ByRule);
        _output.Flush();
        _text?.Flush();
        if (_file is not null && AtomicFile.Write(_session.Absolute(_options.OutputFile!), _file.ToArray()) is { } problem) throw new UserException($"{_options.OutputFile}: {problem.Message}");
        if (_options.Quiet || _options.Format is not ("full" or "concise")) return;

        using var error = _session.OpenError();
        SummaryLine.Write(new Page(error, _session.ErrorLook), summary);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // After a failure the rest would only fail again, and what is half written is not wanted.
        if (!_ended) return;

        _output.Dispose();
        _text?.Dispose();
        _file?.Dispose();
    }

    // --statistics, --write-baseline and --diff show something else than the findings.
    private sealed class SilentReporter : Reporter
    {
        public override void Report(IReadOnlyList<Finding> findings)
        {
        }
    }
}
