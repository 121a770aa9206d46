using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a <c>_</c> that the model never saw.</summary>
/// <remarks>
/// <b>Why</b> Training replaced underscores by blanks, except in tags of at most three characters (faces such as <c>^_^</c>): with the
/// underscore the text encoder reads other tokens.
/// <b>Bad</b> <c>1girl, [|long_hair|]</c>
/// <b>Good</b> <c>1girl, long hair, ^_^</c>
/// <b>Fix</b> Safe: blanks for the underscores. Unsafe for a word with capitals that no list knows: it may be the name of an embedding or a trigger.
/// </remarks>
internal sealed class UnderscoreInTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK001", "underscore-in-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        if (!prompt.Has(TagTraits.StrayUnderscore)) return;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(TagTraits.StrayUnderscore)) continue;
            var text = Edit.Spaced(tag.Text.Text);
            var finding = report.Add(this, tag.Span, $"the model was trained on `{text}`");
            if (IsMaybeAName(tag.Text)) finding.Unsafe($"Write `{text}`", Edit.Respace(prompt, tag));
            else finding.Safe($"Write `{text}`", Edit.Respace(prompt, tag));
        }
    }

    private static bool IsMaybeAName(TagText text) => !text.IsKnown && text.Text.AsSpan().ContainsAnyInRange('A', 'Z');
}
