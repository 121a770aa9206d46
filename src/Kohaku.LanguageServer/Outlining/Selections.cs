using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Sections;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Outlining;

/// <summary>What a selection grows to: word, tag, brackets, section, side, prompt, document.</summary>
internal static class Selections
{
    // Each level is one in the depth of the JSON, which clients and the serializer limit.
    private const int MostBrackets = 24;

    /// <summary>The selections at an offset, from the innermost.</summary>
    /// <param name="reading">The part that holds it.</param>
    /// <param name="offset">In the tree.</param>
    public static SelectionRange At(PartReading reading, int offset)
    {
        var spans = new List<TextSpan>();
        var index = reading.PromptAt(offset);
        if (reading.SideAt(offset) is { } side)
        {
            AddTag(side, offset, spans);
            AddBrackets(side, offset, spans);
            foreach (var run in SectionRuns.Of(side))
                if (Holds(run.Span, offset)) spans.Add(run.Span);
            spans.Add(Trimmed(reading.Tree, side.Side.Span, offset));
            spans.Add(side.Side.Span);
        }
        else
        {
            AddParameter(reading.Tree, reading.Tree.Prompts[index], offset, spans);
        }

        spans.Add(Trimmed(reading.Tree, reading.Tree.Prompts[index].Span, offset));
        spans.Add(reading.Tree.Prompts[index].Span);
        return Nested(reading, spans, offset);
    }

    private static void AddTag(PromptView side, int offset, List<TextSpan> spans)
    {
        var tag = PartReading.TagAt(side, offset);
        if (tag < 0)
        {
            foreach (ref readonly var mark in side.Marks)
                if (mark.Kind != MarkKind.StrayClose && Holds(mark.Span, offset)) spans.Add(mark.Span);
            return;
        }

        var span = side.Tags[tag].Span;
        spans.Add(Word(side.Text, span, offset));
        spans.Add(span);
        if (side.Tags[tag].IsCut) spans.Add(Edit.Whole(side, side.Tags[tag]));
    }

    private static void AddBrackets(PromptView side, int offset, List<TextSpan> spans)
    {
        var innermost = -1;
        for (var i = side.Side.Groups.First; i < side.Side.Groups.End && side.Tree.Groups[i].Open <= offset; i++)
        {
            ref readonly var group = ref side.Tree.Groups[i];
            if (group.IsClosed && offset <= group.Close + 1) innermost = i;
        }

        var count = 0;
        for (var group = innermost; group >= 0 && count < MostBrackets; group = side.Tree.Groups[group].Parent)
        {
            ref readonly var bracket = ref side.Tree.Groups[group];
            if (!bracket.IsClosed) continue;

            spans.Add(TextSpan.FromBounds(bracket.Open, bracket.Close + 1));
            count++;
        }
    }

    private static void AddParameter(SyntaxTree tree, in PromptNode prompt, int offset, List<TextSpan> spans)
    {
        for (var i = prompt.Parameters.First; i < prompt.Parameters.End; i++)
        {
            var parameter = tree.Parameters[i];
            if (!Holds(TextSpan.FromBounds(parameter.Key.Start, parameter.Value.End), offset)) continue;

            spans.Add(Holds(parameter.Value, offset) ? parameter.Value : parameter.Key);
            spans.Add(TextSpan.FromBounds(parameter.Key.Start, parameter.Value.End));
        }

        if (Holds(prompt.ParameterLine, offset)) spans.Add(prompt.ParameterLine);
    }

    private static TextSpan Word(ReadOnlySpan<char> text, TextSpan tag, int offset)
    {
        var (start, end) = (offset, offset);
        while (start > tag.Start && IsWord(text[start - 1])) start--;
        while (end < tag.End && IsWord(text[end])) end++;
        return TextSpan.FromBounds(start, end);

        static bool IsWord(char c) => c != '_' && !char.IsWhiteSpace(c) && c is not ('(' or ')' or '[' or ']' or '\\');
    }

    private static TextSpan Trimmed(SyntaxTree tree, TextSpan span, int offset)
    {
        var text = tree.Slice(span);
        var start = span.Start + text.Length - text.TrimStart().Length;
        var end = span.Start + text.TrimEnd().Length;
        return start <= offset && offset <= end ? TextSpan.FromBounds(start, end) : span;
    }

    // Each must hold the one before it; the document holds them all.
    private static SelectionRange Nested(PartReading reading, List<TextSpan> spans, int offset)
    {
        var chain = new List<TextSpan>();
        foreach (var span in spans)
        {
            if (span.Length == 0 || !Holds(span, offset)) continue;
            if (chain.Count == 0 || (span != chain[^1] && span.Start <= chain[^1].Start && chain[^1].End <= span.End)) chain.Add(span);
        }

        var whole = reading.Document.Lines.Range(new TextSpan(0, reading.Document.Text.Length));
        var selection = new SelectionRange(whole);
        for (var i = chain.Count - 1; i >= 0; i--)
        {
            var range = reading.Range(chain[i]);
            if (range != selection.Range) selection = new SelectionRange(range) { Parent = selection };
        }

        return selection;
    }

    private static bool Holds(TextSpan span, int offset) => span.Start <= offset && offset <= span.End;
}
