using System.Text;
using Kohaku.Files;
using Kohaku.LanguageServer.Protocol;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Documents;

/// <summary>What the protocol counts columns in.</summary>
internal enum PositionEncoding
{
    /// <summary>UTF-16 units.</summary>
    Utf16,

    /// <summary>Bytes of UTF-8.</summary>
    Utf8,
}

/// <summary>Between offsets in a text and the protocol's places. Places past their line or the text are clamped, as the protocol says.</summary>
internal sealed class DocumentLines(string text, PositionEncoding encoding)
{
    private readonly LineMap _map = new(text);

    /// <summary>Number of lines, at least 1.</summary>
    public int Count => _map.Count;

    /// <summary>The place of an offset.</summary>
    public Position Position(int offset)
    {
        var place = _map.Position(Math.Clamp(offset, 0, text.Length));
        if (encoding == PositionEncoding.Utf16) return new Position(place.Line - 1, place.Column - 1);

        var start = _map.Line(place.Line).Start;
        return new Position(place.Line - 1, Utf8Length(text.AsSpan(start, place.Column - 1)));
    }

    /// <summary>The places of a span.</summary>
    public Protocol.Range Range(TextSpan span) => new(Position(span.Start), Position(span.End));

    /// <summary>The offset of a place.</summary>
    public int Offset(Position position)
    {
        if (position.Line < 0) return 0;
        if (position.Line >= _map.Count) return text.Length;

        var line = _map.Line(position.Line + 1);
        if (position.Character <= 0) return line.Start;
        return line.Start + (encoding == PositionEncoding.Utf16 ? Math.Min(position.Character, line.Length) : FromUtf8(line, position.Character));
    }

    /// <summary>The span of two places; turned round where the second stands before the first.</summary>
    public TextSpan Span(Protocol.Range range)
    {
        var (start, end) = (Offset(range.Start), Offset(range.End));
        return TextSpan.FromBounds(Math.Min(start, end), Math.Max(start, end));
    }

    /// <summary>
    /// Edits in the protocol's places, which stand neither inside CR LF nor inside a character of two units: an edit that begins or ends there takes the whole of it.
    /// </summary>
    /// <param name="edits">Sorted, not overlapping.</param>
    public TextEdit[] Edits(IReadOnlyList<Analysis.TextEdit> edits)
    {
        var placed = new List<TextEdit>(edits.Count);
        for (var i = 0; i < edits.Count; i++)
        {
            var (start, end, written) = (edits[i].Span.Start, edits[i].Span.End, edits[i].NewText);
            while (i + 1 < edits.Count && edits[i + 1].Span.Start == end && IsInside(end))
            {
                i++;
                written += edits[i].NewText;
                end = edits[i].Span.End;
            }

            if (IsInside(start)) written = text[--start] + written;
            if (IsInside(end)) written += text[end++];
            placed.Add(new TextEdit(new Protocol.Range(Position(start), Position(end)), written));
        }

        return [.. placed];
    }

    /// <summary>The span of a line, from 0, without its end.</summary>
    public TextSpan Line(int line) => _map.Line(line + 1);

    private bool IsInside(int offset) => offset > 0 && offset < text.Length
        && ((text[offset - 1] == '\r' && text[offset] == '\n') || char.IsSurrogatePair(text[offset - 1], text[offset]));

    // A lone surrogate is three bytes, as the character that stands for it would be.
    private static int Utf8Length(ReadOnlySpan<char> span) => Encoding.UTF8.GetByteCount(span);

    private int FromUtf8(TextSpan line, int bytes)
    {
        var rest = text.AsSpan(line.Start, line.Length);
        var taken = 0;
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var units);
            if (bytes < rune.Utf8SequenceLength) break;
            bytes -= rune.Utf8SequenceLength;
            taken += units;
            rest = rest[units..];
        }

        return taken;
    }
}
