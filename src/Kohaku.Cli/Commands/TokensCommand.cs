using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Terminal;
using Kohaku.Cli.Tokens;
using Kohaku.Files;
using Kohaku.Syntax;
using Kohaku.Syntax.Meaning;
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
        if (prompt is null && files.Length == 0) throw new UserException("no prompt is named", "Give a file, - for standard input, or --prompt TEXT");
        if (prompt is not null && files.Length > 0) throw new UserException("--prompt and a file exclude each other", "Leave one of them out");

        var name = prompt is not null ? "<prompt>" : files[0];
        var options = new LintOptions { Paths = files, Prompt = prompt };
        HostDocument? document;
        FileProblem? problem;
        var isOpen = prompt is not null || name == "-"
            ? Input.TryOpen(options, _session, prompt is null ? "<stdin>" : name, out document, out problem)
            : HostDocument.TryRead(new FoundFile(name, InputKind.Auto, IsNamed: true), HostOptions.Default, out document, out problem);
        if (!isOpen) throw new UserException(problem!.ToString());

        var configurations = new Configurations(_configuration.FileOf(result) is { } file ? _session.Absolute(file) : null, _configuration.LayerOf(result));
        var settings = configurations.For(_session.Absolute(prompt is null && name != "-" ? name : "prompt"));
        LintRun.Warn(_session, configurations.Problems);
        var dialect = document!.Dialect ?? settings.Dialect;
        var steps = result.GetResult(_steps) is null ? settings.Profile.Generation.Steps : result.GetValue(_steps);
        var tokenizer = new ClipTokenizer(ShippedFiles.OpenClip());

        return result.GetValue(_asJson)
            ? WriteJson(document!, dialect, steps, tokenizer)
            : WritePage(document!, dialect, steps, tokenizer);
    }

    private int WriteJson(HostDocument document, Dialect dialect, int steps, ClipTokenizer tokenizer)
    {
        using var output = new BufferedStream(_session.Output, 64 * 1024);
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        var can = true;
        foreach (var (positive, negative) in PromptTexts.Of(document, dialect))
        {
            can &= TokensJson.Write(
                json,
                PromptMeaning.Of(positive, dialect, steps),
                negative is null ? null : PromptMeaning.Of(negative, dialect, steps, isNegative: true),
                dialect,
                tokenizer);
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }

        output.Flush();
        return can ? ExitCode.Clean : ExitCode.Findings;
    }

    private int WritePage(HostDocument document, Dialect dialect, int steps, ClipTokenizer tokenizer)
    {
        using var output = _session.OpenOutput();
        var page = new Page(output, _session.OutputLook);
        var view = new TokenPage(page, tokenizer, dialect, steps);
        var can = true;
        var isFirst = true;
        foreach (var (positive, negative) in PromptTexts.Of(document, dialect))
        {
            if (!isFirst) page.Line();
            isFirst = false;
            can &= view.Write(positive, negative);
        }

        return can ? ExitCode.Clean : ExitCode.Findings;
    }
}
