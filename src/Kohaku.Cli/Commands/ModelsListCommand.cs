using System.CommandLine;
using Kohaku.Analysis.Configuration;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Models;
using Kohaku.Cli.Terminal;
using Kohaku.Jobs.Models;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku models list</c>: the models, VAEs, networks and embeddings that are there to choose from.</summary>
internal sealed class ModelsListCommand
{
    private const string Unknown = "-";

    private readonly Session _session;
    private readonly Argument<string[]> _folders;
    private readonly Option<bool> _asJson;
    private readonly ConfigurationOptions _configuration;

    private ModelsListCommand(CommandRow row, Session session)
    {
        _session = session;
        Frame = new CommandFrame(row.Name, row.Summary);
        _folders = Frame.Arguments("FOLDER", "Where to look, four folders deep; without one, the configuration's folders of models, networks and embeddings");
        _asJson = Frame.Flag("--json", "Print an object a model, each on a line: path, kind, family, bytes, findings");
        _configuration = ConfigurationOptions.Add(Frame);
        Frame.Examples.Add(new("kohaku models list", "what the configuration's folders hold"));
        Frame.Examples.Add(new("kohaku models list models/", "what a folder holds"));
        Frame.Run = Run;
    }

    private CommandFrame Frame { get; }

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session) => new ModelsListCommand(row, session).Frame;

    private int Run(ParseResult result)
    {
        var paths = ModelFolders.List(FoldersOf(result), _session.StopOnInterrupt());
        if (result.GetValue(_asJson))
        {
            using var json = new ModelJson(_session.Output);
            foreach (var path in paths)
            {
                if (ModelFacts.TryRead(path, 0, out var facts) is { } problem) json.Write(path, problem);
                else json.Write(facts!, isWhole: false);
            }
        }
        else
        {
            WritePage(paths);
        }

        return ExitCode.Clean;
    }

    private List<string> FoldersOf(ParseResult result)
    {
        List<string> folders;
        if (result.GetValue(_folders) is { Length: > 0 } named)
        {
            folders = [.. named.Select(_session.Absolute)];
        }
        else
        {
            var configurations = new Configurations(_configuration.FileOf(result) is { } file ? _session.Absolute(file) : null, _configuration.LayerOf(result));
            var settings = configurations.For(_session.Absolute("prompt"));
            LintRun.Warn(_session, configurations.Problems);
            folders = [.. settings.ModelFolders, .. settings.Networks, .. settings.Embeddings];
            if (folders.Count == 0) throw new UserException("no folder with models is known", $"Name one: kohaku models list FOLDER; or write it into kohaku.json as {ConfigurationKeys.ModelFolders.Path}");
        }

        // A slip of the pen must not look like a folder without models.
        return folders.Find(folder => !Directory.Exists(folder)) is { } missing
            ? throw new UserException($"{_session.Relative(missing)}: no such folder", "Check the path: models are .safetensors files and folders with ONNX exports below it")
            : folders;
    }

    private void WritePage(IReadOnlyCollection<string> paths)
    {
        using var output = _session.OpenOutput();
        var page = new Page(output, _session.OutputLook);
        if (paths.Count == 0)
        {
            page.Line("no models: .safetensors files and folders with ONNX exports are looked for");
            return;
        }

        var rows = paths.Select(RowOf).OrderBy(row => row.Order).ToList();
        var kindWidth = Math.Max("kind".Length, rows.Max(row => row.Kind.Length));
        var familyWidth = Math.Max("family".Length, rows.Max(row => row.Family.Length));
        page.Write($"{"kind".PadRight(kindWidth)}  {"family".PadRight(familyWidth)}  {"size",8}  path", Ink.Strong).Line();
        foreach (var row in rows)
        {
            page.Write(row.Kind.PadRight(kindWidth)).Write("  ");
            page.WriteForeign(row.Family, Ink.Faint).Repeat(' ', familyWidth - row.Family.Length).Write("  ");
            page.Write($"{row.Size,8}").Write("  ").WriteForeign(_session.Relative(row.Path)).Line();
            foreach (var finding in row.Findings) FindingLines.Write(page, finding, indent: 2);
        }
    }

    private static Row RowOf(string path)
    {
        if (ModelFacts.TryRead(path, 0, out var facts) is { } problem) return new Row(path, "broken", Unknown, Unknown, int.MaxValue, [problem]);

        return new Row(path, ModelWords.Of(facts!.Kind), facts.Family ?? Unknown, ByteSize.Of(facts.Bytes), OrderOf(facts.Kind), facts.Findings);
    }

    // As one chooses: what makes images first, then what changes it; what nothing can be done with last.
    private static int OrderOf(ModelKind kind) => kind switch
    {
        ModelKind.Checkpoint => 0,
        ModelKind.OnnxFolder => 1,
        ModelKind.Vae => 2,
        ModelKind.Network => 3,
        ModelKind.Embedding => 4,
        _ => 5,
    };

    private sealed record Row(string Path, string Kind, string Family, string Size, int Order, IReadOnlyList<ModelFinding> Findings);
}
