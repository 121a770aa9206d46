using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that stands twice in one prompt.</summary>
/// <remarks>
/// <b>Why</b> Saying a tag twice does not say it louder, it spends tokens: use emphasis.
/// <b>Bad</b> <c>1girl, smile, [|smile|]</c>
/// <b>Good</b> <c>1girl, (smile:1.2)</c>
/// <b>Fix</b> Safe: removes the later one; the higher weight stays.
/// </remarks>
internal sealed class DuplicateTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK102", "duplicate-tag", Severity.Warning);

    public override bool InNegative => true;

    public override void Check(PromptView prompt, Report report)
    {
        var tags = prompt.Tags;
        for (var i = 1; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (tag.Text.IsReference || FirstLike(tags[..i], tag) is var first && first < 0) continue;
            report.Add(this, tag.Span, $"`{prompt.Slice(tag.Span)}` stands in this prompt already")
                .Related(tags[first].Span, "here")
                .Safe("Remove the second", Edit.Remove(prompt, tag));
        }
    }

    private static int FirstLike(ReadOnlySpan<TagView> before, in TagView tag)
    {
        for (var i = 0; i < before.Length; i++)
            if (before[i].Text.Identity == tag.Text.Identity && before[i].Region == tag.Region) return i;
        return -1;
    }
}
