using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that another tag of the prompt implies.</summary>
/// <remarks>
/// <b>Why</b> Every picture with the one carries the other as well, so the model knows both from one word; the second spends tokens.
/// <b>Bad</b> <c>1girl, cat ears, [|animal ears|]</c>
/// <b>Good</b> <c>1girl, cat ears</c>
/// <b>Fix</b> Unsafe: removes the implied tag, since saying both may be meant as emphasis.
/// </remarks>
internal sealed class RedundantTag : Rule
{
    public override RuleInfo Info { get; } = new("KHK104", "redundant-tag", Severity.Hint);

    public override void Check(PromptView prompt, Report report)
    {
        var tags = prompt.Tags;
        if (!prompt.Has(TagTraits.Implies) || tags.Length < 2) return;
        var seen = prompt.Seen;
        seen.Clear();
        for (var i = 0; i < tags.Length; i++) seen.FirstOrAdd(tags[i].Identity, tags[i].Region, i);
        foreach (ref readonly var tag in tags)
        {
            if (!tag.Is(TagTraits.Implies)) continue;
            var implied = tag.Text.Implied;
            for (var i = 0; i < implied.Count; i++)
            {
                var other = seen.IndexOf(implied[i].Value, tag.Region);
                if (other < 0 || tags[other].Weight > tag.Weight) continue;

                // A tag that several others imply is said once.
                if (seen.FirstOrAdd(~(long)implied[i].Value, tag.Region, other) < 0) Add(prompt, report, tags[other], tag);
            }
        }
    }

    private void Add(PromptView prompt, Report report, in TagView tag, in TagView implying)
    {
        var finding = report.Add(this, tag.Span, $"`{tag.Text.Canonical}` goes without saying: `{implying.Text.Canonical}` implies it")
            .Related(implying.Span, "implied by this");
        if (Edit.CanRemove(prompt, tag)) finding.Unsafe($"Remove `{tag.Text.Canonical}`", Edit.Remove(prompt, tag));
    }
}
