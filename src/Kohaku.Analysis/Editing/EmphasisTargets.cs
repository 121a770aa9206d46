using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Finds what a selection means to the weight keys: a tag, never a word of it.</summary>
internal static class EmphasisTargets
{
    /// <summary>
    /// A cursor means the tag that it touches, or the bracket whose border or weight it touches. A selection means its tags: the bracket
    /// that holds just them, else all of them as one if none has a bracket, else each by itself.
    /// </summary>
    public static List<EmphasisTarget> Find(PromptView prompt, TextSpan selection)
    {
        var (first, end) = selection.Length == 0 ? (0, 0) : TagsIn(prompt, selection);
        if (first == end) return At(prompt, selection.Start) is { } target ? [target] : [];

        var units = Units(prompt, first, end);
        return units.Count > 1 && units.TrueForAll(unit => !unit.HasBrackets) && Together(prompt, first, end) is { } all ? [all] : units;
    }

    /// <summary>What a cursor means; null where it stands at no tag.</summary>
    public static EmphasisTarget? At(PromptView prompt, int offset)
    {
        var tag = TagAt(prompt, offset);
        if (tag >= 0) return OfTag(prompt, prompt.Tags[tag]);

        // The innermost bracket at whose border or weight the cursor stands.
        var groups = prompt.Groups;
        for (var i = Weights.LastGroupBefore(prompt, offset + 1); i >= 0; i--)
        {
            ref readonly var bracket = ref groups[i];
            if (!EmphasisTarget.IsEmphasis(bracket) || bracket.Close + 1 < offset) continue;
            var end = bracket.HasWeight ? bracket.WeightSpan.Start : bracket.Close;
            if (offset <= bracket.Open + 1 || offset >= end) return EmphasisTarget.InBracket(prompt, prompt.Side.Groups.First + i);
        }

        return null;
    }

    /// <summary>Index of the tag that an offset touches; −1 for none.</summary>
    public static int TagAt(PromptView prompt, int offset)
    {
        var last = Weights.LastTagFrom(prompt, offset);
        return last >= 0 && offset <= prompt.Tags[last].Span.End ? last : -1;
    }

    /// <summary>The tags that share text with a selection.</summary>
    public static (int First, int End) TagsIn(PromptView prompt, TextSpan selection)
    {
        var tags = prompt.Tags;
        var first = Weights.LastTagFrom(prompt, selection.Start);
        if (first < 0 || tags[first].Span.End <= selection.Start) first++;
        var end = first;
        while (end < tags.Length && tags[end].Span.Start < selection.End) end++;
        return (first, end);
    }

    /// <summary>The text of a tag; of one that brackets cut, with those brackets. Null where they reach beyond its field.</summary>
    public static TextSpan? ContentOf(PromptView prompt, in TagView tag)
    {
        if (!tag.IsCut) return tag.Span;

        var tree = prompt.Tree;
        var field = tree.Fields[tag.Field].Span;
        var groups = prompt.Groups;
        var (start, end) = (tag.Span.Start, tag.Span.End);
        var from = Weights.LastGroupBefore(prompt, field.Start) + 1;
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = from; i < groups.Length && groups[i].Open < end; i++)
            {
                ref readonly var bracket = ref groups[i];
                if (!bracket.IsClosed || bracket.Close < start) continue;
                var isInside = bracket.Open >= start && bracket.Close < end;
                var isAround = bracket.Open < start && bracket.Close >= end;
                if (isInside || isAround) continue;
                (start, end) = (int.Min(start, bracket.Open), int.Max(end, bracket.Close + 1));
                changed = true;
            }
        }

        return start >= field.Start && end <= field.End ? TextSpan.FromBounds(start, end) : null;
    }

    private static EmphasisTarget? OfTag(PromptView prompt, in TagView tag) =>
        ContentOf(prompt, tag) is { } content ? EmphasisTarget.Of(prompt, content, Around(prompt, tag.Group, content)) : null;

    /// <summary>The innermost bracket, from one on outwards, that holds a whole text.</summary>
    private static int Around(PromptView prompt, int group, TextSpan content)
    {
        while (group >= 0 && prompt.Tree.Groups[group].Open >= content.Start) group = prompt.Tree.Groups[group].Parent;
        return group;
    }

    private static List<EmphasisTarget> Units(PromptView prompt, int first, int end)
    {
        var tags = prompt.Tags;
        var pieces = new RowRange(tags[first].Pieces.First, tags[end - 1].Pieces.End);
        var units = new List<EmphasisTarget>();
        for (var i = first; i < end; i++)
        {
            if (units.Count > 0 && tags[i].Span.Start < units[^1].Whole(prompt.Tree).End) continue;
            if (OfTag(prompt, tags[i]) is { } unit) units.Add(Widen(prompt, unit, pieces));
        }

        return units;
    }

    /// <summary>The widest bracket that holds selected tags only.</summary>
    private static EmphasisTarget Widen(PromptView prompt, EmphasisTarget unit, RowRange selected)
    {
        while (unit.Around >= 0)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[unit.Around];
            if (!EmphasisTarget.IsEmphasis(bracket) || bracket.Pieces.First < selected.First || bracket.Pieces.End > selected.End) break;
            if (EmphasisTarget.InBracket(prompt, unit.Around) is not { } wider) break;
            unit = wider;
        }

        return unit;
    }

    /// <summary>Several tags as one text; null where a bracket, a BREAK, a comment or a network stands between them.</summary>
    private static EmphasisTarget? Together(PromptView prompt, int first, int end)
    {
        var tags = prompt.Tags;
        var content = TextSpan.FromBounds(tags[first].Span.Start, tags[end - 1].Span.End);
        for (var i = first; i < end; i++)
            if (tags[i].Region != tags[first].Region || tags[i].Group != tags[first].Group || tags[i].IsCut || tags[i].HasBareBrackets) return null;
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Span.Overlaps(content)) return null;
        var next = Weights.LastGroupBefore(prompt, content.Start) + 1;
        if (next < prompt.Groups.Length && prompt.Groups[next].Open < content.End) return null;
        return EmphasisTarget.Of(prompt, content, tags[first].Group);
    }
}
