using System.Buffers;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Questions about written weights that several rules ask.</summary>
internal static class Weights
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>The number of a bracket's weight, without its colon and blanks.</summary>
    public static TextSpan NumberSpan(PromptView prompt, in GroupNode group)
    {
        var start = group.WeightSpan.Start + 1;
        var end = group.WeightSpan.End;
        while (start < end && char.IsWhiteSpace(prompt.Text[start])) start++;
        while (end > start && char.IsWhiteSpace(prompt.Text[end - 1])) end--;
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>Whether the weight is the end of a tag's name: <c>(smile, :3)</c>, <c>(reverse:1999)</c>.</summary>
    public static bool TryTag(PromptView prompt, in GroupNode group, out TextSpan tag)
    {
        tag = default;
        var text = prompt.Text;
        var colon = group.WeightSpan.Start;

        // A word with a weight in letters and a fraction is no name; asking the tag lists of each would cost more than the rule.
        if (char.IsLetter(text[colon - 1]) && text.Slice(colon, group.WeightSpan.Length).Contains('.')) return false;
        var start = colon;
        if (group.Pieces.Count > 0 && prompt.Tree.Pieces[group.Pieces.End - 1].Span is var last && last.End == colon) start = last.Start;
        tag = TextSpan.FromBounds(start, NumberSpan(prompt, group).End);
        return prompt.Lookup.TryFind(prompt.Slice(tag), out _);
    }

    /// <summary>Whether a position lies in a tag whose own brackets stand unescaped (KHK202, KHK212).</summary>
    public static bool IsInBareTag(PromptView prompt, int position)
    {
        var tag = LastTagFrom(prompt, position);
        return tag >= 0 && prompt.Tags[tag].HasBareBrackets && prompt.Tags[tag].Span.Contains(position);
    }

    /// <summary>The last tag that begins at a position or before it; −1 where there is none.</summary>
    public static int LastTagFrom(PromptView prompt, int position)
    {
        var (low, high) = (0, prompt.Tags.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (prompt.Tags[middle].Span.Start <= position) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>The last bracket that opens before a position, as an index into the side's; −1 where there is none.</summary>
    public static int LastGroupBefore(PromptView prompt, int position)
    {
        var groups = prompt.Groups;
        var (low, high) = (0, groups.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (groups[middle].Open < position) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }

    /// <summary>Whether a text is a number as weights write it: sign, digits, one point at most.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('+') || text.StartsWith('-')) text = text[1..];
        return text.ContainsAnyInRange('0', '9') && !text.ContainsAnyExcept(NumberCharacters) && text.Count('.') <= 1;
    }
}
