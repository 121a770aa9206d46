using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags brackets that are fine each, but multiply to more than the model bears.</summary>
/// <remarks>
/// <b>Why</b> A1111 multiplies the weights of all brackets around a tag: <c>((a:1.8):1.8)</c> is 3.24.
/// <b>Bad</b> <c>1girl, (([|smile|]:1.8):1.8)</c>
/// <b>Good</b> <c>1girl, (smile:1.8)</c>
/// <b>Fix</b> None: which of the weights was meant is not known.
/// </remarks>
internal sealed class NestedEmphasis : Rule
{
    private const double Rounding = 1e-9;
    private const int DeepestLooked = 64;

    public override RuleInfo Info { get; } = new("KHK216", "nested-emphasis", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var maximum = prompt.Settings.Emphasis.Maximum;
        var reported = -1;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!(tag.Weight > maximum + Rounding) || tag.Group == reported || tag.HasBareBrackets || HasExcessive(prompt, tag.Group, maximum)) continue;
            reported = tag.Group;
            report.Add(this, tag.Span, $"the brackets around `{prompt.Slice(tag.Span)}` multiply to {tag.Weight:0.##}, above {maximum}")
                .Help("write one bracket with one weight");
        }
    }

    /// <summary>Whether one of the brackets says too much by itself (KHK204).</summary>
    private static bool HasExcessive(PromptView prompt, int group, double maximum)
    {
        for (var i = 0; group >= 0 && i < DeepestLooked; i++, group = prompt.Tree.Groups[group].Parent)
            if (prompt.Tree.Groups[group] is { HasWeight: true } bracket && bracket.Number > maximum) return true;
        return false;
    }
}
