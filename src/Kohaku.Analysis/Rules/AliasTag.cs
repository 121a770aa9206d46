using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags an alias of another tag.</summary>
/// <remarks>
/// <b>Why</b> Danbooru files every picture under the canonical name, so that is the name the model was trained with; of the alias it knows
/// at most what its words say.
/// <b>Bad</b> <c>1girl, [|blushing|]</c>
/// <b>Good</b> <c>1girl, blush</c>
/// <b>Fix</b> Safe: the canonical name, its brackets escaped.
/// </remarks>
internal sealed class AliasTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK003", "alias-tag", Severity.Info);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Alias)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(TagTraits.Alias)) continue;
            var finding = report.Add(this, tag.Span, $"`{tag.Text.Text}` (0 posts) is an alias of `{tag.Text.Canonical}` ({tag.Text.Posts:N0} posts)");
            if (!tag.IsCut) finding.Safe($"Write `{tag.Text.Canonical}`", Edit.Replace(tag, Edit.Escape(tag.Text.Canonical)));
        }
    }
}
