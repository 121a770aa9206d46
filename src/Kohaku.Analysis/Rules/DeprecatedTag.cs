using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that was renamed or deprecated after the model was trained.</summary>
/// <remarks>
/// <b>Why</b> The model still knows it; danbooru, and models trained later, do not.
/// <b>Bad</b> <c>1girl, [|striped|]</c>
/// <b>Good</b> <c>1girl, smile</c>
/// <b>Fix</b> None: it still works here.
/// </remarks>
internal sealed class DeprecatedTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK010", "deprecated-tag", Severity.Info);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Deprecated)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (tag.Is(TagTraits.Deprecated))
                report.Add(this, tag.Span, $"`{tag.Text.Canonical}` was deprecated upstream after {prompt.Profile.Title} was trained: it still works");
        }
    }
}
