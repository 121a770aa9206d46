using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>What of a prompt is a tag's own text.</summary>
public static class TagPlaces
{
    /// <summary>The text of a tag; of one that brackets cut, from its first word to its last with those brackets. Null where they reach beyond its field.</summary>
    public static TextSpan? Of(PromptView prompt, in TagView tag)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return EmphasisTargets.ContentOf(prompt, tag);
    }
}
