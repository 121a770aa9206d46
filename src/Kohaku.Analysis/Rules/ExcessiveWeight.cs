using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a weight above what the model bears, or below zero.</summary>
/// <remarks>
/// <b>Why</b> Above the profile's maximum (2.5) pictures break before the tag gets stronger; A1111 multiplies the embedding by a weight below zero, which is no way to exclude anything.
/// <b>Bad</b> <c>1girl, (smile:[|3.5|])</c>
/// <b>Good</b> <c>1girl, (smile:1.5)</c>
/// <b>Fix</b> None: which weight was meant is not known; what shall not be there belongs into the negative prompt.
/// </remarks>
internal sealed class ExcessiveWeight : Rule
{
    public override RuleInfo Info { get; } = new("KHK204", "excessive-weight", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var maximum = prompt.Settings.Emphasis.Maximum;
        foreach (ref readonly var group in prompt.Groups)
        {
            if (!group.HasWeight || !double.IsFinite(group.Number) || (group.Number >= 0 && group.Number <= maximum)) continue;
            if (Weights.TryTag(prompt, group, out _) || Weights.IsInBareTag(prompt, group.WeightSpan.Start)) continue;
            var span = Weights.NumberSpan(prompt, group);
            if (group.Number < 0)
                report.Add(this, span, $"a weight of {group.Number} is below 0").Help("name it in the negative prompt instead");
            else
                report.Add(this, span, $"a weight of {group.Number} is above {maximum}").Help($"weights up to {maximum} give decent pictures");
        }
    }
}
