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
        if (tags.Length < 2) return;
        var seen = prompt.Seen;
        seen.Clear();
        for (var i = 0; i < tags.Length; i++)
        {
            ref readonly var tag = ref tags[i];
            if (tag.IsReference) continue;
            var first = seen.FirstOrAdd(tag.Identity, tag.Region, i);
            if (first >= 0) Add(prompt, report, tags[first], tag);
        }
    }

    private void Add(PromptView prompt, Report report, in TagView first, in TagView tag)
    {
        var finding = report.Add(this, tag.Span, $"`{prompt.Slice(tag.Span)}` stands in this prompt already").Related(first.Span, "here");
        if (!Edit.CanRemove(prompt, tag)) return;
        if (tag.Weight <= first.Weight) finding.Safe("Remove the second", Edit.Remove(prompt, tag));
        else if (!first.IsCut) finding.Safe("Remove the second, keep its weight", Edit.SetWeight(prompt, first, tag.Weight), Edit.Remove(prompt, tag));
    }
}
