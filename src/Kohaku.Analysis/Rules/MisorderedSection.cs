using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Sections;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a tag that stands outside of its section.</summary>
/// <remarks>
/// <b>Why</b> The model was trained with the sections in one order (Delta: people count, character, series, artist, special tags, general
/// tags); inside a section the order carries no meaning. The fewest tags that stand out are flagged.
/// <b>Bad</b> <c>masterpiece, [|1girl|], smile</c>
/// <b>Good</b> <c>1girl, masterpiece, smile</c>
/// <b>Fix</b> Safe: sorts the sections and keeps the order inside them. Weights, brackets and comments go with their tags; unknown text and networks
/// follow the tag before them, networks at the end stay there; nothing crosses BREAK, AND or prompt editing.
/// </remarks>
internal sealed class MisorderedSection : Rule
{
    public override RuleInfo Info { get; } = new("KHK101", "misordered-section", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (IsOrdered(prompt.Tags)) return;
        var sorter = prompt.Sorter;
        var (range, ranking) = (sorter.Range, sorter.Ranking);
        if (!range.Begin(prompt)) return;
        FindingBuilder? first = null;
        while (range.Next())
        {
            if (!ranking.Rank(range.Items, prompt.Profile.Sections.Count)) continue;
            var (last, next) = (-1, 0);
            for (var i = 0; i < range.Items.Length; i++)
            {
                if (range.Items[i].Section < 0) continue;
                if (ranking.IsKept(i)) last = i;
                else Add(prompt, report, range, i, Witness(range, ranking, i, last, ref next), ref first);
            }
        }

        // The sorter reads the side anew into the same storage: only now.
        if (first is not { } finding || sorter.Sort(prompt) is not { Length: > 0 } edits) return;
        finding.Safe("Sort the sections", edits).FixesTheRest();
    }

    private static bool IsOrdered(ReadOnlySpan<TagView> tags)
    {
        var (region, section) = (-1, 0);
        foreach (ref readonly var tag in tags)
        {
            if (tag.Region != region) (region, section) = (tag.Region, 0);
            if (tag.Text.Section < 0) continue;
            if (tag.Text.Section < section) return false;
            section = tag.Text.Section;
        }

        return true;
    }

    private void Add(PromptView prompt, Report report, SectionRange range, int index, int witness, ref FindingBuilder? first)
    {
        var item = range.Items[index];
        ref readonly var other = ref prompt.Tags[range.Items[witness].FirstTag];
        var sections = prompt.Profile.Sections;
        for (var i = item.FirstTag; i < item.EndTag; i++)
        {
            ref readonly var tag = ref prompt.Tags[i];
            var finding = report.Add(this, tag.Span,
                $"`{tag.Text.Text}` ({sections[item.Section].Name}) stands {(witness < index ? "behind" : "before")} `{other.Text.Text}` ({sections[other.Text.Section].Name})");
            if (report.WantsMessages) finding.Help($"the order is: {string.Join(", ", sections.Select(section => section.Name))}");
            first ??= finding;
        }
    }

    /// <summary>An item in order that this one should stand before, or behind.</summary>
    private static int Witness(SectionRange range, SectionRanking ranking, int index, int last, ref int next)
    {
        var items = range.Items;
        if (last >= 0 && items[last].Section > items[index].Section) return last;
        while (next < index || items[next].Section < 0 || !ranking.IsKept(next)) next++;
        return next;
    }
}
