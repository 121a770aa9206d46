using Kohaku.Analysis.Linting;

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
    public override RuleInfo Info { get; } = new("KHK901", "minor-sexual-content", Severity.Error);

    public override void Check(PromptView prompt, Report report)
    {
        if (!ContentSafety.Refuses(prompt)) return;
        var found = false;
        foreach (ref readonly var tag in prompt.Tags)
        {
            if (!tag.Is(TagTraits.Minor)) continue;
            found = true;
            report.Add(this, tag.Span, $"`{tag.Text.Text}` marks a subject as a minor in a sexual prompt").Help("remove one or the other; this is never generated");
        }

        // Words that brackets or a network's name hide.
        if (!found) report.Add(this, prompt.Side.Span, "the prompt marks a subject as a minor and is sexual").Help("remove one or the other; this is never generated");
    }
}
