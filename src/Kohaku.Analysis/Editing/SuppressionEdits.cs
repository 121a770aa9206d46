using Kohaku.Analysis.Fixes;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Writes the comments that silence a rule (<see cref="Linting.Suppressions"/>).</summary>
public static class SuppressionEdits
{
    private const string Line = "kohaku: disable=";
    private const string Whole = "kohaku: disable-file=";

    /// <summary>
    /// Silences a rule for one line: at its end; where that has a comment already, by lines before and behind it. A parameter line knows no
    /// comments: the rest of its prompt is silenced, which is that line.
    /// </summary>
    /// <param name="tree">The text.</param>
    /// <param name="offset">Where the finding begins.</param>
    /// <param name="rule">The rule's name.</param>
    public static IReadOnlyList<TextEdit> Here(SyntaxTree tree, int offset, string rule)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var text = tree.Text;
        var (start, end) = (offset, offset);
        while (start > 0 && !IsLineEnd(text[start - 1])) start--;
        while (end < text.Length && !IsLineEnd(text[end])) end++;
        var lineEnd = Edit.LineEnd(text);
        if (IsParameters(tree, offset)) return [new TextEdit(new TextSpan(start, 0), $"# {Line}{rule}{lineEnd}")];

        if (CommentIn(tree, start, end) is { } comment)
        {
            if (Names(text, comment, Line)) return [new TextEdit(new TextSpan(TrimmedEnd(text, comment), 0), $", {rule}")];

            var next = end < text.Length ? end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1) : end;
            var enable = $"# kohaku: enable={rule}";
            return
            [
                new TextEdit(new TextSpan(start, 0), $"# {Line}{rule}{lineEnd}"),
                new TextEdit(new TextSpan(next, 0), end < text.Length ? enable + lineEnd : lineEnd + enable),
            ];
        }

        var last = TrimmedEnd(text, TextSpan.FromBounds(start, end));
        return [new TextEdit(TextSpan.FromBounds(last, end), $" # {Line}{rule}")];
    }

    /// <summary>Silences a rule for a file, by its first line.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="rule">The rule's name.</param>
    public static TextEdit InFile(string text, string rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        var end = start;
        while (end < text.Length && !IsLineEnd(text[end])) end++;
        var line = TextSpan.FromBounds(start, end);
        return Names(text, line, Whole)
            ? new TextEdit(new TextSpan(TrimmedEnd(text, line), 0), $", {rule}")
            : new TextEdit(new TextSpan(start, 0), $"# {Whole}{rule}{Edit.LineEnd(text)}");
    }

    private static bool IsParameters(SyntaxTree tree, int offset)
    {
        foreach (ref readonly var prompt in tree.Prompts)
            if (prompt.ParameterLine.Length > 0 && prompt.ParameterLine.Start <= offset && offset <= prompt.ParameterLine.End) return true;
        return false;
    }

    private static TextSpan? CommentIn(SyntaxTree tree, int start, int end)
    {
        foreach (ref readonly var mark in tree.Marks)
            if (mark.Kind == MarkKind.Comment && mark.Span.Start >= start && mark.Span.Start < end) return mark.Span;
        return null;
    }

    private static bool Names(ReadOnlySpan<char> text, TextSpan comment, string directive)
    {
        var content = text.Slice(comment.Start, comment.Length);
        return content is ['#', ..] && content.TrimStart("# \t").StartsWith(directive, StringComparison.OrdinalIgnoreCase);
    }

    private static int TrimmedEnd(ReadOnlySpan<char> text, TextSpan span) => span.Start + text.Slice(span.Start, span.Length).TrimEnd().Length;

    private static bool IsLineEnd(char c) => c is '\n' or '\r';
}
