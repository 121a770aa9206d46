using Kohaku.Syntax;

namespace Kohaku.Analysis.Editing;

/// <summary>Where selections stand after edits: on the same text. A cursor at a new bracket stays inside it, at the text that it was at.</summary>
public static class SelectionMap
{
    /// <summary>A span of the text before, in the text after.</summary>
    /// <param name="edits">Sorted, not overlapping.</param>
    /// <param name="span">The selection.</param>
    public static TextSpan Map(IReadOnlyList<TextEdit> edits, TextSpan span)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var start = Map(edits, span.Start);
        return span.Length == 0 ? new TextSpan(start, 0) : TextSpan.FromBounds(start, Math.Max(start, Map(edits, span.End)));
    }

    /// <summary>An offset of the text before, in the text after.</summary>
    public static int Map(IReadOnlyList<TextEdit> edits, int offset)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var shift = 0;
        foreach (var edit in edits)
        {
            if (edit.Span.Start > offset) break;
            if (edit.Span.Start == offset && !(edit.Span.Length == 0 && edit.NewText is [.., '(' or '['])) break;
            if (edit.Span.End > offset) return edit.Span.Start + shift + Math.Min(offset - edit.Span.Start, edit.NewText.Length);
            shift += edit.NewText.Length - edit.Span.Length;
        }

        return offset + shift;
    }
}
