using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Gives each BREAK a line of its own, and closes the brackets round it: inside emphasis it would begin no chunk (KHK207).</summary>
internal static class BreakEdits
{
    private const int Deepest = 64;

    /// <summary>The edits for a selection; with a cursor, for its side of the prompt.</summary>
    public static void Add(PromptView prompt, TextSpan selection, List<TextEdit> edits)
    {
        if (prompt.Tree.Options.Dialect != Dialect.A1111) return;
        var side = prompt.Side.Span;
        var text = prompt.Text;
        var lineEnd = Edit.LineEnd(text);
        var taken = side.Start;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Break || (selection.Length > 0 && !mark.Span.Overlaps(selection))) continue;
            if (Brackets(prompt, mark) is not var (closing, opening)) continue;

            var (before, after) = (mark.Span.Start, mark.Span.End);
            while (before > taken && char.IsWhiteSpace(text[before - 1])) before--;
            if (closing.Length > 0 && EndsInComment(prompt, before)) continue;
            if (before > taken) Replace(prompt, TextSpan.FromBounds(before, mark.Span.Start), closing + lineEnd, edits);

            var comma = SkipBlanks(text, after, side.End);
            if (comma < side.End && text[comma] == ',') after = comma + 1;
            var end = after;
            while (end < side.End && char.IsWhiteSpace(text[end])) end++;
            taken = end;
            if (end < side.End && (text[end] != '#' || opening.Length > 0)) Replace(prompt, TextSpan.FromBounds(after, end), lineEnd + opening, edits);
        }
    }

    /// <summary>What closes the brackets round a BREAK and what opens them again; null where one of them is more than emphasis, or never closed.</summary>
    private static (string Closing, string Opening)? Brackets(PromptView prompt, in Mark mark)
    {
        var (closing, opening) = ("", "");
        var group = mark.Group;
        for (var depth = 0; group >= 0; depth++)
        {
            ref readonly var bracket = ref prompt.Tree.Groups[group];
            if (depth == Deepest || !EmphasisTarget.IsEmphasis(bracket) || bracket.Close < mark.Span.End) return null;
            closing += prompt.Slice(TextSpan.FromBounds(bracket.HasWeight ? bracket.WeightSpan.Start : bracket.Close, bracket.Close + 1)).ToString();
            opening = prompt.Text[bracket.Open] + opening;
            group = bracket.Parent;
        }

        return (closing, opening);
    }

    /// <summary>Writes in the place of blanks; where only a line end is to be written and they hold one, they stay.</summary>
    private static void Replace(PromptView prompt, TextSpan blanks, string text, List<TextEdit> edits)
    {
        if (!string.IsNullOrWhiteSpace(text) || prompt.Slice(blanks).IndexOfAny('\n', '\r') < 0) edits.Add(new TextEdit(blanks, text));
    }

    /// <summary>A bracket written there would be part of the comment.</summary>
    private static bool EndsInComment(PromptView prompt, int offset)
    {
        foreach (ref readonly var mark in prompt.Marks)
            if (mark.Kind == MarkKind.Comment && mark.Span.Start < offset && offset <= mark.Span.End) return true;
        return false;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t') at++;
        return at;
    }
}
