using Kohaku.Analysis.Fixes;

namespace Kohaku.Analysis.Linting;

/// <summary>What the rules about quality, rating and date words that a profile lacks have in common.</summary>
internal abstract class SpecialWordRule : Rule
{
    /// <inheritdoc/>
    public override bool InNegative => true;

    /// <summary>The trait that the rule looks for.</summary>
    protected abstract TagTraits Trait { get; }

    /// <summary>What the words are called.</summary>
    protected abstract string Kind { get; }

    /// <inheritdoc/>
    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(Trait)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(Trait)) continue;
            var finding = report.Add(this, tag.Span, $"`{tag.Text.Text}` is no {Kind} of {prompt.Profile.Title}");
            if (tag.Text.Synonym.Replacement is not { } word || tag.IsCut) continue;
            if (tag.Text.Synonym.IsCertain) finding.Safe($"Write `{word}`", Edit.Replace(tag, word));
            else finding.Unsafe($"Write `{word}`", Edit.Replace(tag, word));
        }
    }
}
