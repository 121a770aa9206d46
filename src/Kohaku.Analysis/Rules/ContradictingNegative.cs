using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag of the positive prompt that the negative prompt takes away.</summary>
/// <remarks>
/// <b>Why</b> What stands in both prompts pulls towards and away from the same thing, and the tokens are spent twice.
/// <b>Bad</b> <c>1girl, [|smile|]⏎Negative prompt: smile</c>
/// <b>Good</b> <c>1girl, smile⏎Negative prompt: frown</c>
/// <b>Fix</b> None: which one is meant is for the author to know.
/// </remarks>
internal sealed class ContradictingNegative : Rule
{
    /// <summary>Where tags stand makes no difference here: one region for all.</summary>
    private const int Anywhere = 0;

    public override RuleInfo Info { get; } = new("KHK106", "contradicting-negative", Severity.Info);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Other is not { } negative || prompt.Tags.Length == 0 || negative.Tags.Length == 0) return;
        var seen = prompt.Seen;
        seen.Clear();
        for (var i = 0; i < negative.Tags.Length; i++)
            if (!negative.Tags[i].IsReference) seen.FirstOrAdd(negative.Tags[i].Identity, Anywhere, i);
        foreach (ref readonly var tag in prompt.Tags)
        {
            var place = seen.IndexOf(tag.Identity, Anywhere);
            if (place < 0 || tag.Weight <= 0) continue;
            report.Add(this, tag.Span, $"`{tag.Text.Text}` stands in the negative prompt, too")
                .Help("keep it in one of them").Related(negative.Tags[place].Span, "taken away here");
        }
    }
}
