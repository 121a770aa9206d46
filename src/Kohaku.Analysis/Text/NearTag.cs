using Kohaku.Tags;

namespace Kohaku.Analysis.Text;

/// <summary>Finds out by exact lookups whether a tag is a step away from a text.</summary>
internal static class NearTag
{
    /// <summary>Longer texts are not tried letter by letter.</summary>
    private const int LongestTried = 40;

    /// <summary>Single words are often words and nothing more; the tag that they would be must be a common one.</summary>
    private const int PostsForAWord = 500;

    /// <summary>Whether the text is a tag in another number, order or spacing: <c>sketches</c>, <c>hair long</c>, <c>off shoulder</c>, <c>1 girl</c>.</summary>
    /// <param name="text">Trimmed.</param>
    /// <param name="words">How many words it has.</param>
    /// <param name="lookup">The tags.</param>
    public static bool Exists(ReadOnlySpan<char> text, int words, TagLookup lookup)
    {
        if (text.Length > LongestTried) return false;
        if (lookup.TryFind(text, out _)) return true;

        Span<char> other = stackalloc char[LongestTried + 1];
        return IsInOtherNumber(text, words, other, lookup) || IsInOtherSpacing(text, words, other, lookup);
    }

    /// <summary>Whether leaving out one letter or swapping two gives a tag.</summary>
    public static bool IsOneSlipAway(ReadOnlySpan<char> text, TagLookup lookup)
    {
        if (text.Length is < 5 or > LongestTried) return false;

        Span<char> other = stackalloc char[LongestTried];
        for (var i = 0; i < text.Length; i++)
        {
            text[..i].CopyTo(other);
            text[(i + 1)..].CopyTo(other[i..]);
            if (lookup.TryFind(other[..(text.Length - 1)], out _)) return true;
        }

        text.CopyTo(other);
        for (var i = 0; i + 1 < text.Length; i++)
        {
            (other[i], other[i + 1]) = (text[i + 1], text[i]);
            if (lookup.TryFind(other[..text.Length], out _)) return true;
            (other[i], other[i + 1]) = (text[i], text[i + 1]);
        }

        return false;
    }

    private static bool IsInOtherNumber(ReadOnlySpan<char> text, int words, Span<char> other, TagLookup lookup)
    {
        if (text[^1] is 's' or 'S')
        {
            if (IsTag(text[..^1], words, lookup)) return true;
            return text.EndsWith("es", StringComparison.OrdinalIgnoreCase) && IsTag(text[..^2], words, lookup);
        }

        text.CopyTo(other);
        other[text.Length] = 's';
        return IsTag(other[..(text.Length + 1)], words, lookup);
    }

    private static bool IsInOtherSpacing(ReadOnlySpan<char> text, int words, Span<char> other, TagLookup lookup)
    {
        if (words < 2) return false;

        var joined = 0;
        var spaced = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '_' or '-') spaced++;
            else other[joined++] = c;
        }

        if (spaced > 0 && IsTag(other[..joined], words, lookup)) return true;

        var gap = text.IndexOfAny(' ', '_', '-');
        if (words != 2 || gap <= 0 || spaced != 1) return false;

        // The other separator, then the other order.
        text.CopyTo(other);
        other[gap] = text[gap] == '-' ? ' ' : '-';
        if (IsTag(other[..text.Length], words, lookup)) return true;

        var second = text[(gap + 1)..];
        second.CopyTo(other);
        other[second.Length] = ' ';
        text[..gap].CopyTo(other[(second.Length + 1)..]);
        return IsTag(other[..text.Length], words, lookup);
    }

    private static bool IsTag(ReadOnlySpan<char> text, int words, TagLookup lookup) =>
        lookup.TryFind(text, out var match) && (words > 1 || lookup[match.Tag].Posts >= PostsForAWord);
}
