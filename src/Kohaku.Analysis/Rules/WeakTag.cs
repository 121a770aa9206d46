using Kohaku.Analysis.Editing;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that the model knows only a little, without the emphasis that brings it out.</summary>
/// <remarks>
/// <b>Why</b> With 1000 posts a tag works; with 100 to 999 it possibly works when it is emphasised by 1.5 to 2.5.
/// <b>Bad</b> <c>1girl, [|card in mouth|]</c>
/// <b>Good</b> <c>1girl, (card in mouth:1.5)</c>
/// <b>Fix</b> Safe: emphasis of 1.5; stronger ones are offered beside it.
/// </remarks>
internal sealed class WeakTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK004", "weak-tag", Severity.Info);

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Weak)) return;
        var emphasis = prompt.Settings.Emphasis;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!WeakTagEdits.NeedsEmphasis(prompt, tag)) continue;
            var finding = report.Add(this, tag.Span, $"`{tag.Text.Canonical}` has {tag.Text.Posts:N0} posts: it needs emphasis to show");
            if (tag.IsCut) continue;
            finding.Safe($"Emphasise by {Edit.Number(emphasis.Weak)}", Edit.SetWeight(prompt, tag, emphasis.Weak));
            if (report.WantsSuggestions) OfferMore(finding, prompt, tag);
        }
    }

    private static void OfferMore(FindingBuilder finding, PromptView prompt, in TagView tag)
    {
        foreach (var weight in prompt.Settings.Emphasis.Choices)
        {
            if (weight > prompt.Settings.Emphasis.Weak) finding.Choice($"Emphasise by {Edit.Number(weight)}", Edit.SetWeight(prompt, tag, weight));
        }
    }
}
