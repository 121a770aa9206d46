using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Fixes;

/// <summary>What applying fixes did to a text.</summary>
/// <param name="Text">The text afterwards; the same text where nothing could be mended.</param>
/// <param name="Applied">How many findings of each rule were mended, by <see cref="Rule.Index"/>.</param>
/// <param name="Settled">Whether no further fix remained within the rounds; false leaves the text as it was.</param>
public sealed record FixResult(string Text, IReadOnlyDictionary<int, int> Applied, bool Settled)
{
    /// <summary>How many findings were mended.</summary>
    public int Count => Applied.Values.Sum();
}

/// <summary>The one applier of fixes, for editor and command line alike.</summary>
/// <remarks>
/// Sorts the edits, drops fixes that overlap one already taken, applies, lints again, at most <see cref="Rounds"/> times. A text that has
/// not settled by then, or would have more syntax errors than before, stays as it was. Fixing twice is fixing once. A prompt that content
/// safety refuses (KHK901) is left alone.
/// </remarks>
public static class FixApplier
{
    /// <summary>The most rounds of lint and fix.</summary>
    public const int Rounds = 10;

    /// <summary>Applies the fixes of all findings that are safe enough.</summary>
    /// <param name="text">The text.</param>
    /// <param name="linter">Finds what to fix; its configuration decides which rules take part.</param>
    /// <param name="least">The least safety of a fix that is applied.</param>
    /// <param name="options">How the text is read; the configuration's way where null.</param>
    /// <param name="only">Applies the fixes of this rule alone; of all rules where null.</param>
    public static FixResult Apply(string text, Linter linter, FixSafety least = FixSafety.Safe, ParseOptions? options = null, Rule? only = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(linter);
        options ??= linter.Settings.ParseOptions;
        var tree = new SyntaxTree();
        var report = new Report { WantsMessages = false, WantsSuggestions = least <= FixSafety.Unsafe };
        var applied = new Dictionary<int, int>();
        var current = text;
        var errors = -1;
        for (var round = 0; round <= Rounds; round++)
        {
            tree.Read(current.AsMemory(), options);
            linter.Run(tree, report);
            var now = Hazards(report);
            if (errors < 0) errors = now;
            if (now > errors) return Unchanged(text, settled: true);
            var next = ApplyOnce(current, tree, report, least, only, applied);
            if (next is null) return new FixResult(current, applied, Settled: true);
            current = next;
        }

        return Unchanged(text, settled: false);
    }

    /// <summary>Applies one fix, as an editor does.</summary>
    public static string Apply(string text, Fix fix)
    {
        ArgumentNullException.ThrowIfNull(fix);
        return TextEdits.Apply(text, [.. fix.Edits]);
    }

    private static FixResult Unchanged(string text, bool settled) => new(text, new Dictionary<int, int>(), settled);

    /// <summary>Broken syntax, and a number that became the whole prompt's weight: a fix must not add either.</summary>
    private static int Hazards(Report report)
    {
        var count = 0;
        foreach (ref readonly var finding in report.Findings)
        {
            var rule = RuleRegistry.All[finding.Rule].Info;
            if (rule.Default == Severity.Error || rule.Id == "KHK206") count++;
        }

        return count;
    }

    private static string? ApplyOnce(string text, SyntaxTree tree, Report report, FixSafety least, Rule? only, Dictionary<int, int> applied)
    {
        var taken = new TakenEdits(text.Length);
        var fixes = new HashSet<int>();
        KeepRefused(tree, report, taken);
        foreach (ref readonly var finding in report.Findings)
        {
            var row = only is null || finding.Rule == only.Index ? FirstSafe(report, finding, least) : -1;
            if (row < 0) continue;
            var edits = report.Edits[report.Fixes[row].Edits.First..report.Fixes[row].Edits.End];
            if (!fixes.Contains(row) && !taken.TryTake(edits)) continue;
            fixes.Add(row);
            applied[finding.Rule] = applied.GetValueOrDefault(finding.Rule) + 1;
        }

        if (taken.Edits.Count == 0) return null;
        var next = TextEdits.Apply(text, taken.Edits);
        return next == text ? null : next;
    }

    private static void KeepRefused(SyntaxTree tree, Report report, TakenEdits taken)
    {
        foreach (ref readonly var finding in report.Findings)
        {
            if (RuleRegistry.Rules.CanChange(finding.Rule)) continue;
            foreach (ref readonly var prompt in tree.Prompts)
                if (prompt.Span.Start <= finding.Span.Start && finding.Span.Start <= prompt.Span.End) taken.Bar(prompt.Span);
        }
    }

    private static int FirstSafe(Report report, in Finding finding, FixSafety least)
    {
        for (var i = finding.Fixes.First; i < finding.Fixes.End; i++)
            if (report.Fixes[i].Safety >= least && report.Fixes[i].Safety != FixSafety.DisplayOnly) return i;
        return -1;
    }
}
