using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Sections;

/// <summary>Tags of one section that follow each other.</summary>
/// <param name="Section">Index into <see cref="Profiles.Profile.Sections"/>; −1 where no list knows any of the tags.</param>
/// <param name="FirstTag">Index into <see cref="PromptView.Tags"/>.</param>
/// <param name="EndTag">Behind the last.</param>
/// <param name="Span">From the first to the last with the brackets that hold nothing else.</param>
public readonly record struct SectionRun(int Section, int FirstTag, int EndTag, TextSpan Span);

/// <summary>A side as the sections that it is written in: what an outline shows.</summary>
public static class SectionRuns
{
    /// <summary>The sections in the order of the text. A tag that no list knows belongs to the section before it; AND ends a section.</summary>
    public static IReadOnlyList<SectionRun> Of(PromptView side)
    {
        ArgumentNullException.ThrowIfNull(side);
        var runs = new List<SectionRun>();
        var tags = side.Tags;
        for (var first = 0; first < tags.Length;)
        {
            var section = tags[first].Text.Section;
            var end = first + 1;
            while (end < tags.Length && tags[end].Part == tags[first].Part)
            {
                var next = tags[end].Text.Section;
                if (section < 0) section = next;
                else if (next >= 0 && next != section) break;
                end++;
            }

            runs.Add(new SectionRun(section, first, end, SpanOf(side, first, end)));
            first = end;
        }

        return runs;
    }

    // A bracket that reaches beyond the tags and holds no others is round the first or the last of them.
    private static TextSpan SpanOf(PromptView side, int first, int end)
    {
        var tags = side.Tags;
        var (from, to) = (Whole(side, first).Start, Whole(side, first).End);
        to = int.Max(to, Whole(side, end - 1).End);
        var pieces = new RowRange(tags[first].Pieces.First, tags[end - 1].Pieces.End);
        foreach (var tag in (ReadOnlySpan<int>)[first, end - 1])
        {
            for (var group = tags[tag].Group; group >= 0; group = side.Tree.Groups[group].Parent)
            {
                ref readonly var bracket = ref side.Tree.Groups[group];
                if (bracket.Pieces.First < pieces.First || bracket.Pieces.End > pieces.End) break;
                if (!bracket.IsClosed) continue;

                (from, to) = (int.Min(from, bracket.Open), int.Max(to, bracket.Close + 1));
            }
        }

        return TextSpan.FromBounds(from, to);
    }

    private static TextSpan Whole(PromptView side, int tag) => Fixes.Edit.Whole(side, side.Tags[tag]);
}
