using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Names that no list has, but that are written as danbooru writes them: <c>miku (vocaloid)</c>, <c>rem (re:zero)</c>.</summary>
internal static class SeriesName
{
    private const string Series = " (series)";
    private const int LongestSeries = 64;

    /// <summary>Whether a text, escapes resolved, ends in a series in brackets behind something that is no everyday tag.</summary>
    public static bool Is(ReadOnlySpan<char> text, TagLookup lookup)
    {
        if (!text.EndsWith(')')) return false;
        var open = text.LastIndexOf('(');
        if (open < 2 || text[open - 1] is not (' ' or '_') || text.Length - open > LongestSeries) return false;
        return IsSeries(text[(open + 1)..^1], lookup) && !IsGeneral(text[..open].TrimEnd(" _"), lookup);
    }

    private static bool IsSeries(ReadOnlySpan<char> text, TagLookup lookup)
    {
        if (lookup.TryFind(text, out var match)) return lookup[match.Tag].Category == TagCategory.Series;
        Span<char> name = stackalloc char[LongestSeries + Series.Length];
        text.CopyTo(name);
        Series.CopyTo(name[text.Length..]);
        return lookup.TryFind(name[..(text.Length + Series.Length)], out match) && lookup[match.Tag].Category == TagCategory.Series;
    }

    private static bool IsGeneral(ReadOnlySpan<char> text, TagLookup lookup) =>
        lookup.TryFind(text, out var match) && lookup[match.Tag].Category is TagCategory.General or TagCategory.Meta;
}
