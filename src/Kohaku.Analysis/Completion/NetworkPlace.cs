using Kohaku.Syntax;

namespace Kohaku.Analysis.Completion;

/// <summary>Places in <c>&lt;lora:name:1&gt;</c>, closed or not yet.</summary>
internal static class NetworkPlace
{
    private const string Weight = ":1";

    /// <summary>The place of a network's name; in what follows the name nothing may be written.</summary>
    public static bool TryRead(SyntaxTree tree, int side, int offset, out CompletionPlace place)
    {
        place = CompletionPlace.Nothing;
        var text = tree.Text;
        var from = Math.Max(PlaceReader.LineAt(text, offset).Start, tree.Sides[side].Span.Start);
        var open = text[from..offset].LastIndexOfAny('<', '>', ',');
        if (open < 0 || text[from + open] != '<') return false;

        open += from + 1;
        var colon = text[open..offset].IndexOf(':');
        if (colon <= 0 || !IsKind(text.Slice(open, colon))) return false;

        var name = open + colon + 1;
        if (text[name..offset].Contains(':')) return true;

        var end = tree.Sides[side].Span.End;
        var close = text[offset..end].IndexOfAny(">,\r\n<");
        var isClosed = close >= 0 && text[offset + close] == '>';
        var stop = isClosed ? text.Slice(offset, close).IndexOf(':') : -1;
        place = new CompletionPlace(PlaceKind.Network, offset, TextSpan.FromBounds(name, !isClosed ? offset : offset + (stop < 0 ? close : stop)))
        {
            Query = text[name..offset].ToString(),
            Behind = !isClosed ? Weight + ">" : stop < 0 ? Weight : "",
            Subject = text.Slice(open, colon).ToString(),
            Side = side,
        };
        return true;
    }

    private static bool IsKind(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') return false;
        return true;
    }
}
