namespace Kohaku.Syntax.Tokens;

/// <summary>Text as UTF-8 can hold it: without lone surrogates.</summary>
public static class WellFormedText
{
    /// <summary>The text, with U+FFFD for each lone surrogate.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;

        return string.Create(text.Length, text, static (units, source) =>
        {
            for (var i = 0; i < units.Length; i++)
            {
                var isPair = char.IsHighSurrogate(source[i]) && i + 1 < source.Length && char.IsLowSurrogate(source[i + 1]);
                units[i] = isPair || !char.IsSurrogate(source[i]) ? source[i] : '\uFFFD';
                if (isPair) units[++i] = source[i];
            }
        });
    }
}
