using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Puts backslashes before brackets that are meant as text.</summary>
public static class BracketEdits
{
    /// <summary>A tag's name as a prompt must write it. Brackets that are escaped already stay as they are.</summary>
    public static string Escape(string text, Dialect dialect)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new System.Text.StringBuilder(text.Length + 4);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = text[i] == '\\' && i + 1 < text.Length && (IsBracket(text[i + 1], dialect) || (text[i + 1] == '\\' && dialect == Dialect.A1111));
            if (isPair) escaped.Append('\\').Append(text[++i]);
            else if (IsBracket(text[i], dialect) || (text[i] == '\\' && dialect == Dialect.A1111)) escaped.Append('\\').Append(text[i]);
            else escaped.Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Brackets of a selection; with a cursor, those of its tag.</summary>
    internal static void AddEscapes(PromptView prompt, TextSpan selection, List<TextEdit> edits)
    {
        if (selection.Length > 0)
        {
            var side = prompt.Side.Span;
            Add(prompt, TextSpan.FromBounds(int.Max(selection.Start, side.Start), int.Min(selection.End, side.End)), edits);
            return;
        }

        var tag = EmphasisTargets.TagAt(prompt, selection.Start);
        if (tag >= 0) AddEscapes(prompt, prompt.Tags[tag], edits);
        else if (FieldAt(prompt, selection.Start) is { } field) Add(prompt, field, edits);
    }

    /// <summary>The brackets of a tag's own name that a weight is about to be put round.</summary>
    internal static void AddEscapes(PromptView prompt, in EmphasisTarget target, List<TextEdit> edits)
    {
        var tag = EmphasisTargets.TagAt(prompt, target.Content.Start);
        if (tag >= 0 && prompt.Tags[tag].HasBareBrackets && prompt.Tags[tag].Span == target.Content) Add(prompt, target.Content, edits);
    }

    private static void AddEscapes(PromptView prompt, in TagView tag, List<TextEdit> edits)
    {
        if (tag.HasBareBrackets) Add(prompt, tag.Span, edits);
        else if (prompt.Tree.Fields[tag.Field].Pieces.Count > 1) Add(prompt, prompt.Tree.Fields[tag.Field].Span, edits);
    }

    private static TextSpan? FieldAt(PromptView prompt, int offset)
    {
        foreach (ref readonly var field in prompt.Fields)
            if (field.Pieces.Count > 1 && field.Span.Start <= offset && offset <= field.Span.End) return field.Span;
        return null;
    }

    private static void Add(PromptView prompt, TextSpan span, List<TextEdit> edits)
    {
        var text = prompt.Text;
        var dialect = prompt.Tree.Options.Dialect;
        var mark = 0;
        for (var i = span.Start; i < span.End; i++)
        {
            while (mark < prompt.Marks.Length && (prompt.Marks[mark].Span.End <= i || prompt.Marks[mark].Kind == MarkKind.StrayClose)) mark++;
            if (mark < prompt.Marks.Length && prompt.Marks[mark].Span.Contains(i)) i = prompt.Marks[mark].Span.End - 1;
            else if (IsBracket(text[i], dialect) && !IsEscaped(text, i, prompt.Side.Span.Start, dialect)) edits.Add(new TextEdit(new TextSpan(i, 0), "\\"));
        }
    }

    private static bool IsBracket(char c, Dialect dialect) => c is '(' or ')' || (c is '[' or ']' && dialect == Dialect.A1111);

    // In A1111 two backslashes are one that is text; in ComfyUI the one before the bracket escapes it all the same.
    private static bool IsEscaped(ReadOnlySpan<char> text, int at, int first, Dialect dialect)
    {
        var backslashes = 0;
        while (at - backslashes > first && text[at - backslashes - 1] == '\\') backslashes++;
        return dialect == Dialect.A1111 ? backslashes % 2 == 1 : backslashes > 0;
    }
}
