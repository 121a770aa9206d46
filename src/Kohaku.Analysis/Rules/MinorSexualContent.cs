using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a prompt that marks a subject as a minor and asks for something sexual.</summary>
/// <remarks>
/// <b>Why</b> Sexual pictures of minors are never made here, drawn ones included: generation refuses such a prompt, fixes and formatter leave it alone, and
/// nothing switches this rule off.
/// <b>Bad</b> <c>[|child|], nsfw</c>
/// <b>Good</b> <c>child, safe</c>
/// <b>Fix</b> None.
/// </remarks>
internal sealed class MinorSexualContent : Rule
{
    private const TagTraits Both = TagTraits.Minor | TagTraits.Sexual;

    public override RuleInfo Info { get; } = new("KHK901", "minor-sexual-content", Severity.Error);

    /// <summary>Whether a positive prompt is one that nobody may mend or generate.</summary>
    public static bool Concerns(PromptView prompt)
    {
        var traits = prompt.Traits & Both;
        return traits != 0 && !prompt.IsNegative && (traits | OfNetworks(prompt)) == Both;
    }

    public override void Check(PromptView prompt, Report report)
    {
        if (!Concerns(prompt)) return;
        var found = false;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Text.Is(TagTraits.Minor)) continue;
            found = true;
            report.Add(this, tag.Span, $"`{tag.Text.Text}` marks a subject as a minor in a sexual prompt").Help("remove one or the other; this is never generated");
        }

        // Words that brackets or a network's name hide.
        if (!found) report.Add(this, prompt.Side.Span, "the prompt marks a subject as a minor and is sexual").Help("remove one or the other; this is never generated");
    }

    private static TagTraits OfNetworks(PromptView prompt)
    {
        var traits = TagTraits.None;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != Syntax.MarkKind.Network) continue;
            var found = ContentWords.Read(prompt.Slice(mark.Span));
            traits |= (found.Minor ? TagTraits.Minor : 0) | (found.Sexual ? TagTraits.Sexual : 0);
        }

        return traits;
    }
}
