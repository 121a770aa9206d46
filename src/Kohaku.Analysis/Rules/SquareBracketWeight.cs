using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a weight in square brackets: A1111 reads a step there.</summary>
/// <remarks>
/// <b>Why</b> <c>[a:1.2]</c> is prompt editing that adds <c>a</c> at 1.2 times the steps, so never; <c>[a:0]</c> is just <c>a</c>.
/// <b>Bad</b> <c>1girl, [|[smile:1.2]|]</c>
/// <b>Good</b> <c>1girl, (smile:1.2), [hat:0.5]</c>
/// <b>Fix</b> Unsafe: round brackets.
/// </remarks>
internal sealed class SquareBracketWeight : Rule
{
    public override RuleInfo Info { get; } = new("KHK205", "square-bracket-weight", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        foreach (ref readonly var group in prompt.Groups)
        {
            if (group.Kind != GroupKind.Editing || group.HasFrom || !group.IsClosed) continue;
            var isShare = prompt.Slice(group.WeightSpan).Contains('.');
            var never = isShare && group.Number >= 1;
            if (!never && group.Number > 0) continue;
            var span = TextSpan.FromBounds(group.Open, group.Close + 1);
            if (!never)
            {
                report.Add(this, span, $"`{prompt.Slice(span)}` adds its text at step {group.Number}, which is the same as without brackets");
                continue;
            }

            var finding = report.Add(this, span, $"`{prompt.Slice(span)}` adds its text behind the last step: it never appears").Help("only round brackets hold a weight");
            if (group.Number <= prompt.Settings.Emphasis.Maximum)
                finding.Unsafe("Write round brackets", new TextEdit(new TextSpan(group.Open, 1), "("), new TextEdit(new TextSpan(group.Close, 1), ")"));
        }
    }
}
