using Kohaku.Analysis;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;
using Kohaku.Syntax;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Rules and fixes: findings and edits lie in the text, fixing settles, fixing twice is fixing once, nothing is broken by it, and no fix remains that could be applied.</summary>
internal sealed class FixesTarget : Target
{
    private readonly Dictionary<(Dialect, bool), (Linter Linter, PromptReader Reader)> _linters = [];
    private readonly Report _report = new();
    private readonly Report _again = new();

    /// <summary>What is tested.</summary>
    public Func<string, Linter, FixSafety, FixResult> Apply { get; init; } = static (text, linter, least) => FixApplier.Apply(text, linter, least);

    /// <inheritdoc/>
    public override string Name => "fixes";

    /// <inheritdoc/>
    public override int MaximumLength => 500;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words => PromptTexts.Words;

    /// <inheritdoc/>
    public override byte[] Make(Dice dice) => Options.Input(dice.Below(16), PromptTexts.Of(dice, 24));

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var (options, text) = Options.Read(input, libraryOnly: true);
        var least = input.Length > 0 && (input[0] & 8) != 0 ? FixSafety.Unsafe : FixSafety.Safe;
        var (linter, reader) = LinterOf(options);
        var tree = SyntaxTree.Parse(text, options);
        Lint(linter, tree);
        var hazards = Hazards(_report);
        var refused = Refused.Of(tree, reader);

        var result = Apply(text, linter, least);
        Must.Hold(result.Settled || result.Text == text, "what does not settle stays as it was");
        Must.Hold(result.Count > 0 || result.Text == text, "a text without mended findings stays as it was");
        Refused.MustStay(refused, result.Text);
        var twice = Apply(result.Text, linter, least);
        Must.Hold(!result.Settled || twice.Text == result.Text, "fixing twice is fixing once", () => $"{Shown.Of(result.Text)} became {Shown.Of(twice.Text)}");

        var after = SyntaxTree.Parse(result.Text, options);
        Lint(linter, after);
        Must.Hold(Hazards(_report) <= hazards, "no more syntax errors than before", () => Shown.Of(result.Text));
        if (result.Count > 0) CheckNothingRemains(after, Refused.Of(after, reader), least, result.Text);
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Options.Show(input);

    /// <inheritdoc/>
    protected override IEnumerable<byte[]> Begin() => Corpus.Of("prompts").SelectMany(text => new[] { 0, 1, 8 }.Select(bits => (byte[])[(byte)bits, .. text]));

    // A refused prompt's findings keep their fixes, which nobody applies.
    private void CheckNothingRemains(SyntaxTree tree, List<string> refused, FixSafety least, string text)
    {
        foreach (ref readonly var finding in _report.Findings)
        {
            for (var row = finding.Fixes.First; row < finding.Fixes.End; row++)
            {
                var fix = _report.Fixes[row];
                if (fix.Safety < least || fix.Safety == FixSafety.DisplayOnly) continue;

                var edits = _report.Edits[fix.Edits.First..fix.Edits.End].ToArray();
                if (TextEdits.Apply(text, edits) == text || refused.Count > 0) break;

                var rule = RuleRegistry.All[finding.Rule].Info.Id;
                throw new Violation($"no fix of {rule} remains once a text has settled", $"{tree.Slice(finding.Span)} in {Shown.Of(text)}");
            }
        }
    }

    private void Lint(Linter linter, SyntaxTree tree)
    {
        linter.Run(tree, _report);
        var length = tree.Text.Length;
        foreach (ref readonly var finding in _report.Findings)
        {
            Must.Lie(finding.Span, length, "a finding lies in the text");
            Must.Hold(finding.Severity != Severity.None, "a finding matters");
            Must.Hold(!string.IsNullOrEmpty(finding.Message), "a finding has a message");
        }

        for (var row = 0; row < _report.Fixes.Length; row++)
        {
            var end = 0;
            foreach (ref readonly var edit in _report.Edits[_report.Fixes[row].Edits.First.._report.Fixes[row].Edits.End])
            {
                Must.Lie(edit.Span, length, "an edit lies in the text");
                Must.Hold(edit.Span.Start >= end, "the edits of a fix follow each other");
                end = edit.Span.End;
            }
        }

        foreach (ref readonly var place in _report.Related) Must.Lie(place.Span, length, "a related place lies in the text");

        linter.Run(tree, _again);
        Must.Hold(_again.Findings.Length == _report.Findings.Length, "a text linted again has the same findings");
        for (var i = 0; i < _again.Findings.Length; i++)
            Must.Hold(_again.Findings[i].Rule == _report.Findings[i].Rule && _again.Findings[i].Span == _report.Findings[i].Span, "a text linted again has the same findings");
    }

    private static int Hazards(Report report)
    {
        var count = 0;
        foreach (ref readonly var finding in report.Findings)
            if (RuleRegistry.All[finding.Rule].Info is { Default: Severity.Error }) count++;
        return count;
    }

    private (Linter, PromptReader) LinterOf(ParseOptions options)
    {
        var key = (options.Dialect, options.DynamicPrompts);
        if (_linters.TryGetValue(key, out var known)) return known;

        var settings = Shipped.Settings(options);
        return _linters[key] = (new Linter(settings, Shipped.Services), new PromptReader(settings, Shipped.Services));
    }
}
