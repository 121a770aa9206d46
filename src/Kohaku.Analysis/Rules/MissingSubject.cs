using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a prompt that does not say how many people there are.</summary>
/// <remarks>
/// <b>Why</b> Nearly every prompt of the training began with a people count; without one the model guesses. Off by default, since
/// fragments and scenery have none.
/// <b>Bad</b> <c>[|long hair|], smile</c>
/// <b>Good</b> <c>1girl, long hair, smile</c>
/// <b>Fix</b> None.
/// </remarks>
internal sealed class MissingSubject : Rule
{
    private const string NoHumans = "no humans";

    public override RuleInfo Info { get; } = new("KHK105", "missing-subject", Severity.None);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Has(TagTraits.PeopleCount) || prompt.Tags.Length == 0) return;
        foreach (ref readonly var tag in prompt.Tags)
            if (tag.Text.Canonical == NoHumans) return;
        report.Add(this, prompt.Tags[0].Span, "the prompt does not say how many people there are")
            .Help($"begin with a people count such as `{prompt.Profile.PeopleCounts[0].Word}`, or say `{NoHumans}`");
    }
}
