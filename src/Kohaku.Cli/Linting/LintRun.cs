using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Commands;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>One lint: finds the files, lints them on several threads, reports in order.</summary>
internal sealed class LintRun
{
    private readonly LintOptions _options;
    private readonly Session _session;
    private readonly Knowledge _knowledge;
    private readonly Configurations _configurations;
    private readonly Baseline? _baseline;
    private readonly CancellationToken _stop;
    private readonly Tally _tally = new();
    private readonly List<Failure> _walkFailures = [];
    private int _totalFiles;

    /// <summary>Prepares a run.</summary>
    /// <exception cref="UserException">Configuration or baseline cannot be read.</exception>
    public LintRun(LintOptions options, Session session, Knowledge knowledge, CancellationToken stop)
    {
        _options = options;
        _session = session;
        _knowledge = knowledge;
        _stop = stop;
        _configurations = new Configurations(options.Configuration is null ? null : session.Absolute(options.Configuration), options.Layer);
        if (options is { WriteBaseline: true, Baseline: null }) Baseline.RequireNoOther(session.Absolute(BaselinePath), BaselinePath);
        _baseline = options.WriteBaseline ? new Baseline(session.Absolute(BaselinePath)) : ReadBaseline();
    }

    private string BaselinePath => _options.Baseline ?? _configurations.For(_session.Absolute("x")).Baseline ?? Baseline.DefaultName;

    /// <summary>Lints what the options name.</summary>
    /// <returns>The exit code.</returns>
    public int Run() => Run(null);

    /// <summary>Lints these files, or what the options name where null.</summary>
    public int Run(IReadOnlyList<FoundFile>? files)
    {
        var start = _session.Time.GetTimestamp();
        using var sink = new ReportSink(_options, _session);
        using var progress = new ProgressLine(_session, !_options.Quiet && !_options.Watch);
        sink.Reporter.Begin();
        if (_options.Prompt is not null || _options.Paths is ["-"]) Take(LintText(), sink, progress);
        else LintFiles(files, sink, progress);

        progress.Clear();
        Warn(_session, _configurations.Problems);

        var summary = _tally.Summary(Root(), _session.Time.GetElapsedTime(start));
        sink.End(summary);
        if (_options.WriteBaseline) WriteBaseline();
        if (_tally.HasFailed) return ExitCode.Failed;
        return !_options.WriteBaseline && _tally.Reaches(_options.FailOn) ? ExitCode.Findings : ExitCode.Clean;
    }

    /// <summary>Says what was wrong in configurations; the run goes on with the defaults.</summary>
    public static void Warn(Session session, IReadOnlyList<ConfigurationProblem> problems)
    {
        if (problems.Count == 0) return;

        using var output = session.OpenError();
        var page = new Page(output, session.ErrorLook);
        foreach (var problem in problems)
        {
            var shown = problem with { File = session.Relative(problem.File) };
            page.Write("warning", Ink.Warning).Write(": ").WriteForeign(shown.ToString()).Line();
        }
    }

    private void LintFiles(IReadOnlyList<FoundFile>? files, ReportSink sink, ProgressLine progress)
    {
        var run = new OrderedRun<ReadFile, FileResult>(
            new ReadAhead(files ?? Found(report: true), _options.Host).Run(),
            () => new FileLinter(_options, _configurations, _knowledge, _baseline, _session.Absolute).Lint,
            result => Take(result, sink, progress),
            _stop);
        run.Run(_options.Jobs);
        foreach (var failure in _walkFailures) Fail(failure, sink);
    }

    private IEnumerable<FoundFile> Found(bool report)
    {
        var walker = new FileWalker(
            new WalkOptions { Input = _options.Input },
            problem =>
            {
                if (report) _walkFailures.Add(Failures.Of(problem));
            });
        return walker.Walk(_options.Paths).Where(file => !_configurations.IsExcluded(_session.Absolute(file.Path)));
    }

    private FileResult LintText()
    {
        var name = _options.Prompt is not null ? "<prompt>" : _options.StandardInputName ?? "<stdin>";
        var linter = new FileLinter(_options, _configurations, _knowledge, _baseline, _session.Absolute);
        if (!Input.TryOpen(_options, _session, name, out var document, out var problem)) return new FileResult { Path = name, Failures = [Failures.Of(problem)] };

        return linter.Lint(document, _session.Absolute(name.TrimStart('<').TrimEnd('>')));
    }

    private void Take(FileResult result, ReportSink sink, ProgressLine progress)
    {
        _tally.Add(result);
        if (_options.WriteBaseline) _baseline!.Add(result.Findings, _session.Absolute(result.Path));
        if (result.Findings.Count > 0 || result.Failures.Count > 0 || result.Diff.Length > 0) progress.Clear();
        foreach (var failure in result.Failures)
        {
            Failures.Write(_session, failure);
            sink.Reporter.Report(failure);
        }

        sink.Take(result);
        if (!progress.IsDue) return;

        if (_totalFiles == 0) CountFiles();
        progress.Show(_tally.Files, Math.Max(_tally.Files, Volatile.Read(ref _totalFiles)), "files");
    }

    // Only for a run that lasts: walking again costs little beside linting, and the disk's cache is warm.
    private void CountFiles()
    {
        _totalFiles = 1;
        new Thread(() => Volatile.Write(ref _totalFiles, Found(report: false).Count())) { IsBackground = true }.Start();
    }

    private void Fail(Failure failure, ReportSink sink)
    {
        Failures.Write(_session, failure);
        sink.Reporter.Report(failure);
        _tally.AddFailure();
    }

    private string? Root() => _options.Paths is not [var root] || root is "-" or "." ? null
        : root.EndsWith('/') || !Directory.Exists(_session.Absolute(root)) ? root : root + "/";

    private Baseline? ReadBaseline()
    {
        var path = _options.Baseline ?? _configurations.For(_session.Absolute("x")).Baseline;
        return path is null ? null : Baseline.Read(_session.Absolute(path), path);
    }

    private void WriteBaseline()
    {
        var path = BaselinePath;
        _baseline!.Write(_session.Absolute(path), path);
        if (_options.Quiet) return;

        using var output = _session.OpenError();
        new Page(output, _session.ErrorLook).Line($"{Words.Count(_baseline.Count, "finding")} written to {path}");
    }
}
