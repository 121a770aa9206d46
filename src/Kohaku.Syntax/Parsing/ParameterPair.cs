namespace Kohaku.Syntax.Parsing;

/// <summary>One <c>Key: value</c> of a parameter line, as A1111's <c>re_param</c> reads it:
/// <c>\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)</c>.</summary>
internal static class ParameterPair
{
    /// <summary>Reads a pair at the text's start: how many characters it takes, its comma included; 0 if there is none.</summary>
    public static int Read(ReadOnlySpan<char> text, out ParameterNode pair)
    {
        pair = default;
        var key = SkipBlanks(text, 0);
        var i = key;
        if (i >= text.Length || !Characters.IsWord(text[i])) return 0;
        while (i < text.Length && (Characters.IsWord(text[i]) || text[i] is ' ' or '-' or '/')) i++;
        if (i - key < 2 || i >= text.Length || text[i] != ':') return 0;
        var keyEnd = i;
        var value = SkipBlanks(text, i + 1);
        var end = QuotedEnd(text, value);
        if (end < 0)
        {
            var comma = text[value..].IndexOf(',');
            end = comma < 0 ? text.Length : value + comma;
        }

        pair = new ParameterNode(TextSpan.FromBounds(key, keyEnd), TextSpan.FromBounds(value, end));
        return int.Min(end + 1, text.Length);
    }

    /// <summary>Behind the closing quote, if a comma or the end follows it; else −1.</summary>
    private static int QuotedEnd(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || text[at] != '"') return -1;
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i > at + 1 && (i + 1 == text.Length || text[i + 1] == ',') ? i + 1 : -1;
        }

        return -1;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at;
    }
}
