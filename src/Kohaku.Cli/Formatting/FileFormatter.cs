using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Formatting;
using Kohaku.Cli.Linting;
using Kohaku.Cli.Text;
using Kohaku.Files;
using Kohaku.Syntax;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Formatting;

/// <summary>Formats one file after the other. One thread at a time.</summary>
internal sealed class FileFormatter(FormatJob job, Configurations configurations, Knowledge knowledge, ClipTable table, Func<string, string> absolute)
{
    private const int MostAttempts = 5;

    private readonly ClipTokenizer _tokenizer = new(table);
    private readonly Dictionary<Settings, Formatter> _formatters = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads a file, formats it and writes it back where it changed.</summary>
    public FormatResult Format(FoundFile file)
    {
        for (var attempt = 0; ; attempt++)
        {
            if (!HostDocument.TryRead(file, job.Host, out var document, out var problem)) return Failed(problem);
            if (!document.CanRewrite) return new FormatResult(file.Path, IsChanged: false, document.File.Text, "", null);

            var result = Format(document, absolute(file.Path));
            if (!result.IsChanged || job.IsDry) return result;
            if (file.WhyNotRewritten() is { } reason) return Failed(reason);

            var outcome = document.File.Replace(result.Text, out problem);
            if (outcome == ReplaceOutcome.Replaced) return result;
            if (outcome == ReplaceOutcome.Failed) return Failed(problem!);
            if (attempt == MostAttempts) return Failed(new FileProblem(file.Path, "changes while it is being formatted; run again when nothing else writes it"));
        }
    }

    /// <summary>Formats a text; nothing is written.</summary>
    public FormatResult Format(HostDocument document, string absolutePath)
    {
        var settings = configurations.For(absolutePath);
        var rewrites = new List<Rewrite>();
        foreach (var prompt in document.Prompts)
        {
            Add(document, prompt.Text, Reading.Of(document, prompt.Form, settings), settings, rewrites);
            if (prompt.Negative is { } negative) Add(document, negative, Reading.Of(document, PromptForm.Negative, settings), settings, rewrites);
        }

        var text = rewrites.Count == 0 ? document.File.Text : document.Apply(rewrites);
        var mark = document.File.Encoding == TextEncoding.Utf8WithMark ? "\uFEFF" : "";
        var diff = job.Diff ? UnifiedDiff.Of(document.File.Path, mark + document.File.Text, mark + text) : "";
        return new FormatResult(document.File.Path, text != document.File.Text, text, diff, null);
    }

    private void Add(HostDocument document, HostText text, ParseOptions options, Settings settings, List<Rewrite> rewrites)
    {
        if (!TryRange(document, text, out var range)) return;

        var formatted = FormatterOf(settings).Format(text.Text, options, range);
        if (formatted != text.Text && Reading.KeepsHoles(text, formatted)) rewrites.Add(new Rewrite(text, formatted));
    }

    // The part of the range that lies in this text; false where none does.
    private bool TryRange(HostDocument document, HostText text, out TextSpan? range)
    {
        range = null;
        if (job.Range is not var (from, to)) return true;

        var (start, end) = (document.File.Lines.Offset(from), document.File.Lines.Offset(to));
        var (first, last) = (text.Map.ToHost(0), text.Map.ToHost(text.Text.Length));
        if (end < first || start > last) return false;

        range = TextSpan.FromBounds(
            Math.Clamp(text.Map.ToPrompt(Math.Max(start, first)), 0, text.Text.Length),
            Math.Clamp(text.Map.ToPrompt(Math.Min(end, last)), 0, text.Text.Length));
        return true;
    }

    private Formatter FormatterOf(Settings settings)
    {
        if (!_formatters.TryGetValue(settings, out var formatter)) _formatters[settings] = formatter = new Formatter(settings, knowledge.For(settings), _tokenizer);
        return formatter;
    }

    private static FormatResult Failed(FileProblem problem) => new(problem.Path, IsChanged: false, "", "", Failures.Of(problem));
}
