using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Editing;

/// <summary>Emphasises weak tags (KHK004), whether or not the rule is on.</summary>
internal static class WeakTagEdits
{
    // Weights are written with three digits, so that 1.5 inside ( :1.15) comes out a little below.
    private const double Slack = 0.005;

    /// <summary>Whether a tag is weak and lacks the emphasis that brings it out.</summary>
    public static bool NeedsEmphasis(PromptView prompt, in TagView tag) =>
        tag.Is(TagTraits.Weak) && tag.Weight < prompt.Settings.Emphasis.Weak - Slack && tag.Weight > 0;

    /// <summary>The edits that emphasise all weak tags of a positive prompt.</summary>
    public static void Add(PromptView prompt, List<TextEdit> edits)
    {
        if (prompt.IsNegative || !prompt.Has(TagTraits.Weak)) return;
        foreach (ref readonly var tag in prompt.Tags)
            if (NeedsEmphasis(prompt, tag) && !tag.IsCut) edits.Add(Edit.SetWeight(prompt, tag, prompt.Settings.Emphasis.Weak));
    }
}
