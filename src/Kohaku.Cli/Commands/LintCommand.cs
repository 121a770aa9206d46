using System.CommandLine;
using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Streaming;
using Kohaku.Cli.Terminal;
using Kohaku.Files;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku lint</c>.</summary>
internal sealed class LintCommand
{
    private static readonly string[] Severities = ["error", "warning", "info", "hint", "none"];

    private readonly CommandFrame _frame;
    private readonly Session _session;
    private readonly Argument<string[]> _paths;
    private readonly Option<bool> _fix;
    private readonly Option<bool> _unsafe;
    private readonly Option<bool> _diff;
    private readonly Option<string?> _format;
    private readonly Option<string?> _outputFile;
    private readonly Option<bool> _statistics;
    private readonly Option<string?> _failOn;
    private readonly Option<bool> _quiet;
    private readonly Option<string[]> _select;
    private readonly Option<string[]> _ignore;
    private readonly Option<string?> _baseline;
    private readonly Option<bool> _writeBaseline;
    private readonly Option<string?> _prompt;
    private readonly Option<string?> _stdinName;
    private readonly Option<string?> _input;
    private readonly Option<string?> _field;
    private readonly Option<long> _firstLine;
    private readonly ConfigurationOptions _configuration;
    private readonly Option<bool> _watch;
    private readonly Option<int> _jobs;

    private LintCommand(CommandRow row, Session session)
    {
        _session = session;
        _frame = new CommandFrame(row.Name, row.Summary);
        _paths = _frame.Arguments("PATHS", "Files, folders or globs; - for standard input. The current folder without any");
        _frame.Group("Fixes");
        _fix = _frame.Flag("--fix", "Mend what is safe to mend");
        _unsafe = _frame.Flag("--unsafe-fixes", "Mend also what may change the meaning");
        _diff = _frame.Flag("--diff", "Show what would be mended as a diff for patch, and write nothing");
        _frame.Group("Report");
        _format = _frame.Choice("--format", "FORMAT", "full, concise, json, jsonl, sarif, github, gitlab or junit", Formats.Words, "-f");
        _outputFile = _frame.Text("--output-file", "FILE", "Write the report to a file", "-o");
        _statistics = _frame.Flag("--statistics", "Show a table by rule in place of the findings");
        _failOn = _frame.Choice("--fail-on", "SEVERITY", "Exit with 1 from this severity on: error, warning (default), info, hint or none", Severities);
        _quiet = _frame.Flag("--quiet", "Leave out summary and progress", "-q");
        _frame.Group("Rules");
        _select = _frame.List("--select", "RULES", "Run only these rules: names, ids or beginnings of ids, divided by commas");
        _ignore = _frame.List("--ignore", "RULES", "Leave these rules out");
        _baseline = _frame.Text("--baseline", "FILE", "Leave out the findings that this file holds");
        _writeBaseline = _frame.Flag("--write-baseline", $"Write the findings to the baseline ({Baseline.DefaultName} without --baseline)");
        _frame.Group("Input");
        _prompt = _frame.Text("--prompt", "TEXT", "Lint this text as a positive prompt", "-p");
        _stdinName = _frame.Text("--stdin-filename", "PATH", "What standard input is called: decides kind and configuration");
        _input = _frame.Choice("--input", "KIND", $"Read files as {string.Join(", ", InputKinds.Words)} (auto: by name)", [.. InputKinds.Words]);
        _field = _frame.Text("--field", "NAME", "The property of a record that holds the prompt (prompt without it)");
        _firstLine = _frame.Ordinal("--first-line", "N", "The number of a stream's first line, where it is a part of a longer one");
        _configuration = ConfigurationOptions.Add(_frame);
        _frame.Group("Run");
        _watch = _frame.Flag("--watch", "Lint again when files change, until Ctrl-C", "-w");
        _jobs = _frame.Number("--jobs", "N", "Threads (all processors without it)", "-j");
        _frame.Flag("--no-cache", "Accepted for scripts; a lint keeps nothing between runs");
        _frame.Examples.Add(new("kohaku lint library/", "all prompts of a folder"));
        _frame.Examples.Add(new("kohaku lint --fix --diff library/", "what a fix would change"));
        _frame.Examples.Add(new("kohaku lint --format sarif -o kohaku.sarif .", "for code scanning"));
        _frame.Examples.Add(new("kohaku lint --input jsonl --format jsonl -", "a stream of records, line by line"));
        _frame.Examples.Add(new("echo \"1girl, long_hair\" | kohaku lint -", "standard input"));
        _frame.Run = Run;
    }

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session) => new LintCommand(row, session)._frame;

    private int Run(ParseResult result)
    {
        var options = Read(result);
        var unknown = new RuleSelection(result.GetValue(_select) ?? [], result.GetValue(_ignore) ?? []).Unknown(RuleRegistry.Rules).FirstOrDefault();
        if (unknown is not null)
        {
            var nearest = Nearest.Of(unknown, RuleRegistry.Rules.Names);
            throw new UserException($"{unknown}: no such rule", nearest is null ? "See: kohaku explain all" : $"The nearest is {nearest}");
        }

        if (RecordsOf(options) is { } form) return Stream(options, form);
        if (result.GetResult(_firstLine) is not null) throw new UserException("--first-line numbers the records of standard input", "Use it with: kohaku lint --input jsonl --format jsonl -");
        if (options.Watch) return new Watch(options, _session).Run();

        // What is written is written whole or not at all: Ctrl-C then waits for the file at hand.
        var stop = options.Fix == FixMode.Write || options.OutputFile is not null ? _session.StopOnInterrupt() : CancellationToken.None;
        return new LintRun(options, _session, new Knowledge(_session.Surroundings), stop).Run();
    }

    // Records of standard input answered as records: a line in, a line out, in flat memory.
    private static RecordForm? RecordsOf(LintOptions options)
    {
        if (options is not { Prompt: null, Paths: ["-"], Format: "jsonl", Fix: FixMode.None, OutputFile: null }) return null;
        return options.Input switch
        {
            InputKind.JsonLines => RecordForm.JsonLines,
            InputKind.Lines => RecordForm.Lines,
            _ => null,
        };
    }

    private int Stream(LintOptions options, RecordForm form)
    {
        var configurations = new Configurations(options.Configuration is null ? null : _session.Absolute(options.Configuration), options.Layer);
        var settings = configurations.For(_session.Absolute(options.StandardInputName ?? "stdin"));
        LintRun.Warn(_session, configurations.Problems);
        var knowledge = new Knowledge(_session.Surroundings);
        var result = RecordStream.Run(_session.Input(), _session.Output, form, options.Host.Field, settings, () => knowledge.For(settings), options.Jobs, options.FirstLine);
        if (result.HasErrors) return ExitCode.Failed;
        return options.FailOn != Severity.None && result.MostSevere >= options.FailOn ? ExitCode.Findings : ExitCode.Clean;
    }

    private LintOptions Read(ParseResult result)
    {
        var paths = result.GetValue(_paths) ?? [];
        var prompt = result.GetValue(_prompt);
        if (prompt is not null && paths.Length > 0) throw new UserException("--prompt and paths exclude each other", "Leave one of them out");
        if (paths.Length > 1 && paths.Contains("-")) throw new UserException("`-` is standard input and stands alone", "Lint the files in a run of their own");

        var isFix = result.GetValue(_fix) || result.GetValue(_unsafe);
        return new LintOptions
        {
            Paths = paths.Length == 0 ? ["."] : paths,
            Prompt = prompt,
            StandardInputName = result.GetValue(_stdinName),
            Input = InputKinds.TryParse(result.GetValue(_input) ?? "auto", out var kind) ? kind : InputKind.Auto,
            Host = new HostOptions(result.GetValue(_field) ?? HostOptions.Default.Field, HostOptions.Default.NegativeField),
            Fix = result.GetValue(_diff) ? FixMode.Diff : isFix ? FixMode.Write : FixMode.None,
            Safety = result.GetValue(_unsafe) ? FixSafety.Unsafe : FixSafety.Safe,
            Format = result.GetValue(_format) ?? "full",
            OutputFile = result.GetValue(_outputFile),
            Statistics = result.GetValue(_statistics),
            Baseline = result.GetValue(_baseline),
            WriteBaseline = result.GetValue(_writeBaseline),
            Watch = result.GetValue(_watch),
            FirstLine = result.GetResult(_firstLine) is null ? 1 : result.GetValue(_firstLine),
            Jobs = result.GetResult(_jobs) is null ? Environment.ProcessorCount : result.GetValue(_jobs),
            FailOn = SeverityOf(result.GetValue(_failOn)),
            Configuration = _configuration.FileOf(result),
            Layer = _configuration.LayerOf(result, new RuleSelection(result.GetValue(_select) ?? [], result.GetValue(_ignore) ?? [])),
            Quiet = result.GetValue(_quiet),
        };
    }

    private static Severity SeverityOf(string? word) => word switch
    {
        "error" => Severity.Error,
        "info" => Severity.Info,
        "hint" => Severity.Hint,
        "none" => Severity.None,
        _ => Severity.Warning,
    };
}
