using System.Buffers;
using Kohaku.Syntax;

namespace Kohaku.Files;

/// <summary>Where the lines of a text begin. Made only when a place must be shown.</summary>
public sealed class LineMap
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private readonly string text;
    private readonly List<int> starts = [0];

    /// <summary>Finds the lines of <paramref name="text"/>: one more than there are line ends.</summary>
    public LineMap(string text)
    {
        this.text = text;
        for (var at = NextLine(text, 0); at >= 0; at = NextLine(text, at)) starts.Add(at);
    }

    /// <summary>Number of lines, at least 1; a last line end opens an empty last line.</summary>
    public int Count => starts.Count;

    /// <summary>The place of an offset from 0 to the text's length.</summary>
    public LinePosition Position(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)text.Length, nameof(offset));
        var line = starts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return new LinePosition(line + 1, offset - starts[line] + 1);
    }

    /// <summary>The span of a line, counted from 1, without its line end.</summary>
    public TextSpan Line(int line)
    {
        var start = starts[line - 1];
        var end = line < starts.Count ? starts[line] : text.Length;
        while (end > start && text[end - 1] is '\r' or '\n' && line < starts.Count) end--;
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The offset of a place; columns beyond the line's end mean its end.</summary>
    public int Offset(LinePosition position)
    {
        var line = Line(Math.Clamp(position.Line, 1, Count));
        return Math.Clamp(line.Start + position.Column - 1, line.Start, line.End);
    }

    /// <summary>How many line ends a text has.</summary>
    internal static int CountLineEnds(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = NextLine(text, 0); at >= 0; at = NextLine(text, at)) count++;
        return count;
    }

    /// <summary>The offset behind the next line end, or −1.</summary>
    internal static int NextLine(ReadOnlySpan<char> text, int from)
    {
        var end = text[from..].IndexOfAny(LineEnds);
        if (end < 0) return -1;

        end += from;
        return text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
    }
}
