using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a network inside brackets: they do not change its weight.</summary>
/// <remarks>
/// <b>Why</b> A1111 takes networks out of the text before it reads brackets: <c>(&lt;lora:x:0.8&gt;:1.2)</c> is the network at 0.8 and an empty bracket, and editing loads both networks from the start.
/// <b>Bad</b> <c>1girl, ([|&lt;lora:style:0.8&gt;|]:1.2)</c>
/// <b>Good</b> <c>1girl, &lt;lora:style:0.96&gt;</c>
/// <b>Fix</b> Unsafe: takes the brackets away.
/// </remarks>
internal sealed class NetworkInEmphasis : Rule
{
    public override RuleInfo Info { get; } = new("KHK213", "network-in-emphasis", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Tree.Options.Dialect != Dialect.A1111) return;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Network || mark.Group < 0) continue;
            ref readonly var group = ref prompt.Tree.Groups[mark.Group];
            if (!group.IsClosed || group.Close < mark.Span.End || group.Kind == GroupKind.Variants) continue;
            var finding = group.Kind is GroupKind.Round or GroupKind.Square
                ? report.Add(this, mark.Span, "brackets do not change a network's weight").Help("write the weight in the network")
                : report.Add(this, mark.Span, "prompt editing does not switch networks: this one is loaded for all steps");
            var end = group.HasWeight ? group.WeightSpan.Start : group.Close;
            var isAlone = group.Pieces.Count == 0 && mark.Span.Start == group.Open + 1 && mark.Span.End == end;
            if (isAlone && group.Kind == GroupKind.Round)
                finding.Unsafe("Take the brackets away", Edit.Delete(new TextSpan(group.Open, 1)), Edit.Delete(TextSpan.FromBounds(end, group.Close + 1)));
        }
    }
}
