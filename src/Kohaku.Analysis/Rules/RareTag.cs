using Kohaku.Analysis.Linting;
using Kohaku.Tags;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag with so few posts that the model has likely not learned it.</summary>
/// <remarks>
/// <b>Why</b> Below some 100 posts a tag leaves no trace in training: it costs tokens and does nothing, or something else.
/// <b>Bad</b> <c>1girl, [|card background|]</c>
/// <b>Good</b> <c>1girl, card</c>
/// <b>Fix</b> None: which tag says the same is for the author to know; a related tag that the model knows is named where there is one.
/// </remarks>
internal sealed class RareTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK005", "rare-tag", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.Rare)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(TagTraits.Rare)) continue;
            var finding = report.Add(this, tag.Span, $"`{tag.Text.Canonical}` has {tag.Text.Posts:N0} posts: the model has likely not learned it");
            if (report.WantsMessages && BestImplied(prompt, tag.Text) is { } related)
                finding.Help($"a related tag that it knows better: `{related.Text}` ({related.Posts:N0} posts)");
        }
    }

    private static TagEntry? BestImplied(PromptView prompt, TagText text)
    {
        TagEntry? best = null;
        foreach (var id in text.Implied)
        {
            var entry = prompt.Lookup[id];
            if (entry.Flags.HasFlag(TagFlags.Untrained) || entry.Category == TagCategory.Artist) continue;
            if (entry.Posts >= prompt.Settings.Thresholds.Weak && entry.Posts > (best?.Posts ?? 0)) best = entry;
        }

        return best;
    }
}
