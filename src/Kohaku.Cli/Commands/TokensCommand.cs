using System.CommandLine;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Cli.Tokens;
using Kohaku.Files;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku tokens</c>: what the text encoders get.</summary>
internal sealed class TokensCommand
{
    private readonly Session _session;
    private readonly Option<string?> _prompt;
    private readonly Option<bool> _asJson;
    private readonly Option<int> _steps;
    private readonly ConfigurationOptions _configuration;

    private TokensCommand(CommandRow row, Session session)
    {
        _session = session;
        Frame = new CommandFrame(row.Name, row.Summary);
        var files = Frame.Arguments("FILE", "A file of prompts; - for standard input", atMost: 1);
        _prompt = Frame.Text("--prompt", "TEXT", "Take this text as a positive prompt", "-p");
        _asJson = Frame.Flag("--json", "Print an object a prompt, each on a line: networks, parts, schedule, chunks");
        _steps = Frame.Number("--steps", "N", "Steps for prompt editing (the profile's without it)");
        _configuration = ConfigurationOptions.Add(Frame);
        Frame.Examples.Add(new("kohaku tokens --prompt \"1girl, (smile:1.2)\"", "one prompt"));
        Frame.Examples.Add(new("kohaku tokens --json library/miku.prompt", "for programs"));
        Frame.Run = result => Run(result, result.GetValue(files) ?? []);
    }

    private CommandFrame Frame { get; }

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session) => new TokensCommand(row, session).Frame;

    private int Run(ParseResult result, string[] files)
    {
        var prompt = result.GetValue(_prompt);
        if (prompt is null && files.Length == 0) throw new UserError("no prompt is named", "Give a file, - for standard input, or --prompt TEXT");
        if (prompt is not null && files.Length > 0) throw new UserError("--prompt and a file exclude each other", "Leave one of them out");

        var name = prompt is not null ? "<prompt>" : files[0];
        var options = new LintOptions { Paths = files, Prompt = prompt };
        HostDocument? document;
        FileProblem? problem;
        var isOpen = prompt is not null || name == "-"
            ? Input.TryOpen(options, _session, prompt is null ? "<stdin>" : name, out document, out problem)
            : HostDocument.TryRead(name, InputKind.Auto, HostOptions.Default, out document, out problem);
        if (!isOpen) throw new UserError(problem!.ToString());

        var configurations = new Configurations(_configuration.FileOf(result) is { } file ? _session.Absolute(file) : null, _configuration.LayerOf(result));
        var settings = configurations.For(_session.Absolute(prompt is null && name != "-" ? name : "prompt"));
        LintRun.Warn(_session, configurations.Problems);
        var steps = result.GetResult(_steps) is null ? settings.Profile.Generation.Steps : result.GetValue(_steps);
        var tokenizer = new ClipTokenizer(ShippedFiles.OpenClip());

        using var output = _session.OpenOutput();
        var page = new Page(output, _session.OutputLook);
        Func<string, string?, bool> write = result.GetValue(_asJson)
            ? new TokenJson(output, tokenizer, settings.Dialect, steps).Write
            : new TokenPage(page, tokenizer, settings.Dialect, steps).Write;
        var can = true;
        var first = true;
        foreach (var (positive, negative) in PromptTexts.Of(document!, settings.Dialect))
        {
            if (!first && !result.GetValue(_asJson)) page.Line();
            first = false;
            can &= write(positive, negative);
        }

        return can ? ExitCode.Clean : ExitCode.Findings;
    }
}
