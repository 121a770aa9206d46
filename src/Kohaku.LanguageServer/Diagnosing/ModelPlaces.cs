using Kohaku.Files;
using Kohaku.Jobs;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using SideText = Kohaku.Syntax.Meaning.SideText;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>Where in a part the model's findings stand.</summary>
internal sealed class ModelPlaces
{
    private const string Code = "model";
    private const int Error = 1;
    private const int Warning = 2;

    private static readonly CodeDescription s_page = new("https://github.com/KohakuLsp/KohakuLsp/blob/main/docs/editors.md#the-model");

    private readonly PromptPart _part;
    private readonly string _path;
    private readonly Workbench _bench;
    private readonly DocumentLines _lines;
    private readonly int _first;

    /// <summary>Reads a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="path">Its document.</param>
    /// <param name="bench">Reads it; in use until this is done with.</param>
    /// <param name="encoding">What columns are counted in.</param>
    public ModelPlaces(PromptPart part, string path, Workbench bench, PositionEncoding encoding)
    {
        (_part, _path, _bench) = (part, path, bench);
        _lines = new DocumentLines(part.Text, encoding);
        bench.Tree.Read(part.Text.AsMemory(), bench.Settings.ParseOptions);
        _first = FirstPrompt();
    }

    /// <summary>Whether the part holds a prompt.</summary>
    public bool HasPrompt => _first >= 0;

    /// <summary>What concerns the whole document: at the first prompt's <c>Model</c> where that names the model, else at the prompt's first line.</summary>
    /// <param name="model">The model.</param>
    /// <param name="memory">What is to be said of the usual size; null for nothing.</param>
    public IEnumerable<Diagnostic> OfModel(CheckedModel model, GenerationWarning? memory)
    {
        if (!HasPrompt) yield break;

        var name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(model.Path));
        var named = Parameter("Model", _first);
        var place = named is { } value && _bench.Tree.Slice(value).Trim().Equals(name, StringComparison.OrdinalIgnoreCase) ? value : FirstLine();
        foreach (var finding in model.Report.Findings)
        {
            var setting = finding.IsOfVae ? "kohaku.generate.vae" : "kohaku.generate.model";
            yield return Finding(place, finding.IsError ? Error : Warning, $"{setting}: {Said(finding.Message, finding.Help)}");
        }

        if (memory is not null) yield return Finding(place, Warning, $"kohaku.generate.model: {Said(memory.Message, memory.Help)}");
    }

    /// <summary>Sizes that need more memory than is there, where the usual size does not: each at its value in the parameter line.</summary>
    public IEnumerable<Diagnostic> OfSizes(MemoryCheck memory)
    {
        if (!HasSize()) yield break;
        if (!HostDocument.TryOpen(TextFile.FromText(_path, _part.Text), InputKind.Prompt, HostOptions.Default, out var document, out _)) yield break;

        var sources = PromptSource.Of(document, _bench.Settings).ToDictionary(source => source.Start);
        for (var i = 0; i < _bench.Tree.Prompts.Length; i++)
        {
            if (!sources.TryGetValue(_bench.Tree.Prompts[i].Span.Start, out var source)) continue;
            if (Parameter("Size", i) is not { } size || Request(source, memory) is not { } request || memory.Of(request) is not { } warning) continue;

            var place = request.Hires is null ? size : Parameter("Hires resize", i) ?? Parameter("Hires upscale", i) ?? size;
            yield return Finding(place, Warning, Said(warning.Message, warning.Help));
        }
    }

    private static string Said(string message, string? help) => EditorWords.Of(help is null ? message : $"{message}. {help}");

    // A line that holds a wrong value has its own finding.
    private static GenerationRequest? Request(PromptSource source, MemoryCheck memory)
    {
        try
        {
            return new RequestResolver(memory.Profile, new GenerationOptions(), null, static () => 0).Resolve(source).Requests[0];
        }
        catch (GenerationException)
        {
            return null;
        }
    }

    private Diagnostic Finding(TextSpan span, int severity, string message) => new()
    {
        Range = _lines.Range(span),
        Severity = severity,
        Code = Code,
        CodeDescription = s_page,
        Source = DiagnosticForm.Source,
        Message = message,
    };

    private bool HasSize()
    {
        foreach (var parameter in _bench.Tree.Parameters)
            if (_bench.Tree.Slice(parameter.Key).Equals("Size", StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private TextSpan? Parameter(string key, int prompt)
    {
        var rows = _bench.Tree.Prompts[prompt].Parameters;
        for (var i = rows.End - 1; i >= rows.First; i--)
        {
            var parameter = _bench.Tree.Parameters[i];
            if (parameter.Value.Length > 0 && _bench.Tree.Slice(parameter.Key).Equals(key, StringComparison.OrdinalIgnoreCase)) return parameter.Value;
        }

        return null;
    }

    private int FirstPrompt()
    {
        for (var i = 0; i < _bench.Tree.Prompts.Length; i++)
            if (SideText.Of(_bench.Tree, _bench.Tree.Prompts[i].Positive).Length > 0) return i;
        return -1;
    }

    // Behind comments, without the blanks around it.
    private TextSpan FirstLine()
    {
        var side = new SideText();
        side.Read(_bench.Tree, _bench.Tree.Prompts[_first].Positive);
        var start = side.ToSource(0);
        var rest = _part.Text.AsSpan(start);
        var end = rest.IndexOfAny('\r', '\n');
        return new TextSpan(start, (end < 0 ? rest : rest[..end]).TrimEnd().Length);
    }
}
