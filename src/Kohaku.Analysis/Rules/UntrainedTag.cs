using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that was dropped in the model's training.</summary>
/// <remarks>
/// <b>Why</b> Training left out tags about the upload rather than the picture (commentary, translations, media), however many posts they have.
/// <b>Bad</b> <c>1girl, [|translation request|]</c>
/// <b>Good</b> <c>1girl, absurdres</c>
/// <b>Fix</b> None.
/// </remarks>
internal sealed class UntrainedTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK009", "untrained-tag", Severity.Info);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Untrained)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (tag.Is(TagTraits.Untrained))
                report.Add(this, tag.Span, $"`{tag.Text.Canonical}` was dropped in training: {prompt.Profile.Title} never saw it").Help("remove it");
        }
    }
}
