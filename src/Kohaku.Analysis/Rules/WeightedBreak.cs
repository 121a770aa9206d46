using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags <c>BREAK</c> inside emphasis.</summary>
/// <remarks>
/// <b>Why</b> A1111 weights the word like any other and then no longer sees it: there is no new chunk.
/// <b>Bad</b> <c>(1girl [|BREAK|] smile:1.2)</c>
/// <b>Good</b> <c>(1girl:1.2) BREAK (smile:1.2)</c>
/// <b>Fix</b> Unsafe: closes the bracket before <c>BREAK</c> and opens another behind it.
/// </remarks>
internal sealed class WeightedBreak : Rule
{
    private const int DeepestLooked = 64;

    public override RuleInfo Info { get; } = new("KHK207", "weighted-break", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Tree.Options.Dialect != Dialect.A1111) return;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Break || mark.Group < 0) continue;
            var around = Around(prompt, mark, out var weight);
            if (around == 0 || weight == 1) continue;
            var finding = report.Add(this, mark.Span, "BREAK in emphasis begins no new chunk").Help("close the bracket before it");
            ref readonly var group = ref prompt.Tree.Groups[mark.Group];
            if (around != 1 || group.Close < mark.Span.End || group.HasNetworkBehindWeight) continue;
            var close = prompt.Slice(TextSpan.FromBounds(group.HasWeight ? group.WeightSpan.Start : group.Close, group.Close + 1)).ToString();
            var (before, after) = (mark.Span.Start, mark.Span.End);
            while (char.IsWhiteSpace(prompt.Text[before - 1])) before--;
            while (char.IsWhiteSpace(prompt.Text[after])) after++;
            finding.Unsafe("Divide the brackets", Edit.Insert(before, close), Edit.Insert(after, prompt.Text[group.Open].ToString()));
        }
    }

    /// <summary>How many emphasis brackets hold a mark, and what they multiply to.</summary>
    private static int Around(PromptView prompt, in Mark mark, out double weight)
    {
        weight = 1;
        var count = 0;
        var group = mark.Group;
        for (var i = 0; group >= 0 && i < DeepestLooked; i++, group = prompt.Tree.Groups[group].Parent)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[group];
            if (bracket.IsClosed && bracket.Close < mark.Span.Start) continue;
            weight *= bracket.Multiplier;
            count++;
        }

        return count;
    }
}
