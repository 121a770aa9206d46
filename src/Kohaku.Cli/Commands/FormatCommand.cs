using System.CommandLine;
using Kohaku.Cli.Formatting;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku format</c>.</summary>
internal sealed class FormatCommand
{
    private readonly CommandFrame _frame;
    private readonly Session _session;
    private readonly Argument<string[]> _paths;
    private readonly Option<bool> _check;
    private readonly Option<bool> _diff;
    private readonly Option<string?> _range;
    private readonly Option<string?> _stdinName;
    private readonly Option<string?> _input;
    private readonly Option<string?> _field;
    private readonly Option<int> _jobs;
    private readonly Option<bool> _quiet;
    private readonly ConfigurationOptions _configuration;

    private FormatCommand(CommandRow row, Session session)
    {
        _session = session;
        _frame = new CommandFrame(row.Name, row.Summary);
        _paths = _frame.Arguments("PATHS", "Files, folders or globs, rewritten in place; - for standard input to standard output. The current folder without any");
        _frame.Group("What to do");
        _check = _frame.Flag("--check", "Write nothing; exit with 1 if something would be written");
        _diff = _frame.Flag("--diff", "Write nothing; show a diff for patch");
        _range = _frame.Text("--range", "L:C-L:C", "Format only from one line and column to another, both from 1");
        _frame.Group("Input");
        _stdinName = _frame.Text("--stdin-filename", "PATH", "What standard input is called: decides kind and configuration");
        _input = _frame.Choice("--input", "KIND", $"Read files as {string.Join(", ", InputKinds.Words)} (auto: by name)", [.. InputKinds.Words]);
        _field = _frame.Text("--field", "NAME", "The property of a record that holds the prompt (prompt without it)");
        _configuration = ConfigurationOptions.Add(_frame);
        _frame.Group("Run");
        _jobs = _frame.Number("--jobs", "N", "Threads (all processors without it)", "-j");
        _quiet = _frame.Flag("--quiet", "Leave out the summary", "-q");
        _frame.Examples.Add(new("kohaku format library/", "all prompts of a folder, in place"));
        _frame.Examples.Add(new("kohaku format --check .", "for continuous integration"));
        _frame.Examples.Add(new("kohaku format --range 3:1-5:1 a.prompt", "two lines"));
        _frame.Run = Run;
    }

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session) => new FormatCommand(row, session)._frame;

    private int Run(ParseResult result)
    {
        var job = Read(result);
        var configurations = new Configurations(_configuration.FileOf(result) is { } file ? _session.Absolute(file) : null, _configuration.LayerOf(result));
        var knowledge = new Knowledge(_session.Surroundings);
        FileFormatter Formatter() => new(job, configurations, knowledge, knowledge.Clip(), _session.Absolute);

        var report = new FormatReport(job, _session);
        if (job.Paths is ["-"])
        {
            FormatStandardInput(job, Formatter(), report);
        }
        else
        {
            var walker = new FileWalker(new WalkOptions { Input = job.Input }, report.Fail);
            var files = walker.Walk(job.Paths).Where(found => !configurations.IsExcluded(_session.Absolute(found.Path)));
            var stop = job.IsDry ? CancellationToken.None : _session.StopOnInterrupt();
            new OrderedRun<FoundFile, FormatResult>(files, () => Formatter().Format, report.Take, stop).Run(job.Jobs);
        }

        LintRun.Warn(_session, configurations.Problems);
        return report.End();
    }

    private void FormatStandardInput(FormatJob job, FileFormatter formatter, FormatReport report)
    {
        var name = job.StandardInputName ?? "<stdin>";
        var options = new LintOptions { Paths = job.Paths, Input = job.Input, Host = job.Host, StandardInputName = job.StandardInputName };
        if (!Input.TryOpen(options, _session, name, out var document, out var problem))
        {
            report.Fail(problem);
            return;
        }

        var result = formatter.Format(document, _session.Absolute(name.TrimStart('<').TrimEnd('>')));
        if (job.IsDry) report.Take(result);
        else report.TakeText(result);
    }

    private FormatJob Read(ParseResult result)
    {
        var paths = result.GetValue(_paths) ?? [];
        if (paths.Length > 1 && paths.Contains("-")) throw new UserException("`-` is standard input and stands alone", "Format the files in a run of their own");

        var range = result.GetValue(_range) is { } text ? RangeOf(text) : ((LinePosition, LinePosition)?)null;
        if (range is not null && (paths.Length != 1 || Directory.Exists(_session.Absolute(paths[0])))) throw new UserException("--range is for one file", "Name the file, or - for standard input");

        return new FormatJob
        {
            Paths = paths.Length == 0 ? ["."] : paths,
            Check = result.GetValue(_check),
            Diff = result.GetValue(_diff),
            Range = range,
            Input = InputKinds.TryParse(result.GetValue(_input) ?? "auto", out var kind) ? kind : InputKind.Auto,
            Host = new HostOptions(result.GetValue(_field) ?? HostOptions.Default.Field, HostOptions.Default.NegativeField),
            StandardInputName = result.GetValue(_stdinName),
            Jobs = result.GetResult(_jobs) is null ? Environment.ProcessorCount : result.GetValue(_jobs),
            Quiet = result.GetValue(_quiet),
        };
    }

    private static (LinePosition Start, LinePosition End) RangeOf(string text)
    {
        var ends = text.Split('-');
        if (ends.Length == 2 && TryPosition(ends[0], out var start) && TryPosition(ends[1], out var end)) return (start, end);

        throw new UserException($"--range: `{text}` is no range", "Write it as line:column-line:column, from 1: 3:1-5:1");
    }

    private static bool TryPosition(string text, out LinePosition position)
    {
        var numbers = text.Split(':');
        position = default;
        if (numbers.Length != 2 || !int.TryParse(numbers[0], out var line) || !int.TryParse(numbers[1], out var column) || line < 1 || column < 1) return false;

        position = new LinePosition(line, column);
        return true;
    }
}
