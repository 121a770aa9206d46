namespace Kohaku.Syntax.Parsing;

/// <summary>The field of a parameter line in which an offset stands.</summary>
/// <param name="Key">The key, or what is written of it so far.</param>
/// <param name="Value">The value; empty at the field's end where the colon is not there yet.</param>
/// <param name="HasColon">Whether the key is complete.</param>
public readonly record struct ParameterField(TextSpan Key, TextSpan Value, bool HasColon);

/// <summary>Reads a parameter line while it is written, when one field is no pair yet.</summary>
public static class ParameterLine
{
    /// <summary>The field at an offset, if the line is one of parameters: all other fields are pairs, and a key is known.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">The line in it.</param>
    /// <param name="offset">In the text; on the line.</param>
    /// <param name="field">The field, its spans in the text.</param>
    public static bool TryFieldAt(ReadOnlySpan<char> text, TextSpan line, int offset, out ParameterField field)
    {
        field = new ParameterField(new TextSpan(offset, 0), new TextSpan(offset, 0), false);
        var isKnown = false;
        for (var at = line.Start; at < line.End;)
        {
            var rest = text[at..line.End];
            var length = ParameterPair.Read(rest, out var pair);
            var isPair = length > 0;
            if (!isPair) length = rest.IndexOf(',') is >= 0 and var comma ? comma + 1 : rest.Length;
            var end = at + length;
            var closes = text[end - 1] == ',' && (!isPair || at + pair.Value.End < end) ? end - 1 : end;
            var isHere = at <= offset && offset <= closes;
            if (!isPair && !isHere && !rest[..length].TrimEnd(',').IsWhiteSpace()) return false;
            isKnown |= isPair && ParameterKeys.IsKnown(rest.Slice(pair.Key.Start, pair.Key.Length));
            if (isHere) field = isPair ? Pair(pair, at) : Unfinished(text, at, closes, offset);
            at = end;
        }

        return isKnown;
    }

    private static ParameterField Pair(ParameterNode pair, int at) =>
        new(new TextSpan(pair.Key.Start + at, pair.Key.Length), new TextSpan(pair.Value.Start + at, pair.Value.Length), true);

    private static ParameterField Unfinished(ReadOnlySpan<char> text, int start, int end, int offset)
    {
        while (start < offset && char.IsWhiteSpace(text[start])) start++;
        while (end > offset && char.IsWhiteSpace(text[end - 1])) end--;
        return new ParameterField(TextSpan.FromBounds(start, end), new TextSpan(end, 0), false);
    }
}
