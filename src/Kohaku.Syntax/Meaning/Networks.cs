using System.Text;

namespace Kohaku.Syntax.Meaning;

/// <summary>A network that a prompt asks for: <c>&lt;lora:name:0.8&gt;</c>.</summary>
/// <param name="Kind">The word before the first colon: <c>lora</c>, <c>lyco</c>, <c>hypernet</c>, …</param>
/// <param name="Arguments">What stands between the further colons; the first is the name.</param>
/// <param name="Span">From <c>&lt;</c> to <c>&gt;</c>, both included.</param>
public sealed record NetworkCall(string Kind, IReadOnlyList<string> Arguments, TextSpan Span);

/// <summary>A text without its networks, and the networks.</summary>
/// <param name="Text">What is left.</param>
/// <param name="Calls">In the text's order.</param>
public sealed record NetworkText(string Text, IReadOnlyList<NetworkCall> Calls)
{
    /// <summary>The offset in the text with networks that an offset of <see cref="Text"/> came from.</summary>
    /// <remarks>Where a network stood, an offset means the place behind it, so that a span's end should be mapped by its last character.</remarks>
    public int ToSource(int offset)
    {
        int low = 0, high = Calls.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Calls[middle].Span.Start - _removedBefore[middle] <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return offset + _removedBefore[low];
    }

    /// <summary>The span in the text with networks that a span of <see cref="Text"/> came from.</summary>
    public TextSpan ToSource(TextSpan span) =>
        span.Length == 0
            ? new TextSpan(ToSource(span.Start), 0)
            : TextSpan.FromBounds(ToSource(span.Start), ToSource(span.End - 1) + 1);

    private readonly int[] _removedBefore = Accumulate(Calls);

    private static int[] Accumulate(IReadOnlyList<NetworkCall> calls)
    {
        var sums = new int[calls.Count + 1];
        for (var i = 0; i < calls.Count; i++)
            sums[i + 1] = sums[i] + calls[i].Span.Length;
        return sums;
    }
}

/// <summary>Networks in a text, as A1111 finds them: <c>&lt;(\w+):([^&gt;]+)&gt;</c>.</summary>
public static class Networks
{
    /// <summary>The next network at or after an offset.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="span">The network with its angle brackets.</param>
    /// <param name="colon">The offset of the colon behind the kind.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryFind(ReadOnlySpan<char> text, int from, out TextSpan span, out int colon)
    {
        var close = -1;
        while (from < text.Length)
        {
            var open = text[from..].IndexOf('<');
            if (open < 0)
                break;
            open += from;
            from = open + 1;
            var end = from;
            for (int length; (length = PythonText.WordLength(text, end)) > 0; end += length)
            {
            }

            if (end == from || end >= text.Length || text[end] != ':')
                continue;
            if (close < end)
            {
                close = text[end..].IndexOf('>');
                if (close < 0)
                    break;
                close += end;
            }

            if (close == end + 1)
                continue;
            span = TextSpan.FromBounds(open, close + 1);
            colon = end;
            return true;
        }

        span = default;
        colon = 0;
        return false;
    }

    /// <summary>Takes the networks out of a text.</summary>
    public static NetworkText Extract(string text)
    {
        if (!TryFind(text, 0, out var span, out var colon))
            return new NetworkText(text, []);
        var calls = new List<NetworkCall>();
        var left = new StringBuilder(text.Length);
        var position = 0;
        do
        {
            left.Append(text, position, span.Start - position);
            calls.Add(new NetworkCall(text[(span.Start + 1)..colon], text[(colon + 1)..(span.End - 1)].Split(':'), span));
            position = span.End;
        }
        while (TryFind(text, position, out span, out colon));
        left.Append(text, position, text.Length - position);
        return new NetworkText(left.ToString(), calls);
    }
}
