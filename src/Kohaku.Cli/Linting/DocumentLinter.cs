using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Cli.Reporters;
using Kohaku.Files;
using Kohaku.Syntax;
using CliFinding = Kohaku.Cli.Reporters.Finding;

namespace Kohaku.Cli.Linting;

/// <summary>Lints the prompts of a file. One thread at a time: what it needs is kept for the next file.</summary>
internal sealed class DocumentLinter(Knowledge knowledge, LintOptions options)
{
    private readonly Dictionary<Settings, Linter> _linters = new(ReferenceEqualityComparer.Instance);
    private readonly SyntaxTree _tree = new();
    private readonly Report _report = new() { WantsSuggestions = options.WantsSuggestions, WantsMessages = options.WantsMessages };

    /// <summary>What the rules find, without baseline.</summary>
    public FileResult Lint(HostDocument document, Settings settings)
    {
        var linter = LinterOf(settings);
        var findings = new List<CliFinding>();
        var prompts = 0;
        var flagged = 0;
        foreach (var prompt in document.Prompts)
        {
            var before = findings.Count;
            var reading = Reading.Of(document, prompt.Form, settings);
            var (count, withFindings) = prompt.Negative is { } negative && prompt.Form == PromptForm.Positive
                ? LintPair(document, prompt.Text, negative, reading, linter, findings)
                : LintSide(document, prompt.Text, reading, linter, findings);
            prompts += count;
            flagged += count == 1 && findings.Count > before ? 1 : withFindings;
        }

        return new FileResult
        {
            Path = document.File.Path,
            Findings = findings,
            Prompts = prompts,
            PromptsWithFindings = flagged,
            Failures = [.. document.Problems.Select(Failures.Of)],
        };
    }

    /// <summary>The document's text after all fixes that are safe enough, and how many findings they mended.</summary>
    public (string Text, int Fixed) Fix(HostDocument document, Settings settings, FixSafety least)
    {
        if (!document.CanRewrite) return (document.File.Text, 0);

        var linter = LinterOf(settings);
        var rewrites = new List<Rewrite>();
        var mended = 0;
        foreach (var prompt in document.Prompts)
        {
            mended += FixSide(prompt.Text, Reading.Of(document, prompt.Form, settings), linter, least, rewrites);
            if (prompt.Negative is { } negative) mended += FixSide(negative, Reading.Of(document, PromptForm.Negative, settings), linter, least, rewrites);
        }

        return rewrites.Count == 0 ? (document.File.Text, 0) : (document.Apply(rewrites), mended);
    }

    private (int Prompts, int Flagged) LintSide(HostDocument document, HostText text, ParseOptions options, Linter linter, List<CliFinding> findings)
    {
        _tree.Read(text.Text.AsMemory(), options);
        linter.Run(_tree, _report);
        var prompts = _tree.Prompts.Length;
        if (_report.Findings.Length == 0) return (prompts, 0);

        var source = new HostSource(document, text);
        var flagged = 0;
        var last = -1;
        foreach (var diagnostic in Diagnostics.From(_report))
        {
            if (IsInHole(text, diagnostic.Span)) continue;

            findings.Add(new CliFinding(source, Mendable(document, diagnostic)));
            var prompt = PromptAt(diagnostic.Span.Start);
            if (prompt != last) flagged++;
            last = prompt;
        }

        return (prompts, flagged);
    }

    /// <summary>A prompt and its negative prompt, which the host keeps apart: one prompt to the rules, one behind the other in one text.</summary>
    private (int Prompts, int Flagged) LintPair(
        HostDocument document, HostText positive, HostText negative, ParseOptions options, Linter linter, List<CliFinding> findings)
    {
        var border = positive.Text.Length;
        _tree.ReadRecord((positive.Text + negative.Text).AsMemory(), border, hasNegative: true, options);
        linter.Run(_tree, _report);
        var (first, second) = (new HostSource(document, positive), new HostSource(document, negative));
        var before = findings.Count;
        var rows = _report.Findings;
        var diagnostics = Diagnostics.From(_report);
        for (var i = 0; i < rows.Length; i++)
        {
            var host = rows[i].IsNegative ? negative : positive;
            var diagnostic = OneSide(diagnostics[i], rows[i].IsNegative ? TextSpan.FromBounds(border, _tree.Text.Length) : new TextSpan(0, border));
            if (!IsInHole(host, diagnostic.Span)) findings.Add(new CliFinding(rows[i].IsNegative ? second : first, Mendable(document, diagnostic)));
        }

        return (1, findings.Count > before ? 1 : 0);
    }

    // An image stays as it is: there a fix only says what to write.
    private static Diagnostic Mendable(HostDocument document, Diagnostic diagnostic) => document.CanRewrite || diagnostic.Fixes.Count == 0
        ? diagnostic
        : diagnostic with { Fixes = [] };

    /// <summary>A diagnostic in offsets of its own side; places on the other side cannot be said in them.</summary>
    private static Diagnostic OneSide(Diagnostic diagnostic, TextSpan side)
    {
        TextSpan Moved(TextSpan span) => new(span.Start - side.Start, span.Length);
        return diagnostic with
        {
            Span = Moved(diagnostic.Span),
            Fixes = [.. diagnostic.Fixes.Select(fix => fix with { Edits = [.. fix.Edits.Select(edit => edit with { Span = Moved(edit.Span) })] })],
            Related = [.. diagnostic.Related.Where(place => place.Span.Start >= side.Start && place.Span.End <= side.End).Select(place => place with { Span = Moved(place.Span) })],
        };
    }

    private static int FixSide(HostText text, ParseOptions options, Linter linter, FixSafety least, List<Rewrite> rewrites)
    {
        var result = FixApplier.Apply(text.Text, linter, least, options);
        if (result.Text == text.Text || !Reading.KeepsHoles(text, result.Text)) return 0;

        rewrites.Add(new Rewrite(text, result.Text));
        return result.Count;
    }

    private Linter LinterOf(Settings settings)
    {
        if (!_linters.TryGetValue(settings, out var linter)) _linters[settings] = linter = new Linter(settings, knowledge.For(settings));
        return linter;
    }

    // Findings come in the order of the text, so the prompt is the last found or one behind it.
    private int PromptAt(int offset)
    {
        var prompts = _tree.Prompts;
        var low = 0;
        var high = prompts.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (prompts[middle].Span.Start <= offset) low = middle;
            else high = middle - 1;
        }

        return low;
    }

    private static bool IsInHole(HostText text, TextSpan span)
    {
        foreach (var hole in text.Holes)
        {
            if (hole.Overlaps(span)) return true;
        }

        return false;
    }
}
