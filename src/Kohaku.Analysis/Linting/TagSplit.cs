using System.Buffers;
using Kohaku.Analysis.Profiles;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Divides unknown text that is two or more known tags without a comma: <c>1girl solo</c>.</summary>
/// <remarks>
/// Many phrases are made of words that are tags too (<c>glowing blue eyes</c>), so it must be beyond doubt: every word belongs to a tag, the longest
/// first, that is used often; each is a tag of several words, or one of them says how many people there are or how good the picture is; and
/// no known tag reaches across a border.
/// </remarks>
internal static class TagSplit
{
    private const int MostWords = 12;
    private const int LongestText = 160;
    private static readonly SearchValues<char> Syntax = SearchValues.Create("\\:<>{}|#");

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> SentenceWords =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "a", "an", "the", "of", "in", "on", "at", "by", "with", "without", "and", "or", "to", "for", "from", "is", "are", "as", "her", "his", "their", "its",
            "she", "he", "very", "under", "over", "into", "near", "behind", "between", "while", "that", "this",
        }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Where tags end before a missing comma, as offsets in the text; empty where it is not plainly several tags.</summary>
    public static int[] Of(ReadOnlySpan<char> text, TagLookup lookup, Profile profile)
    {
        if (text.Length > LongestText || text.ContainsAny(Syntax) || !text.Contains(' ')) return [];
        Span<Range> words = stackalloc Range[MostWords + 1];
        var count = text.Split(words, ' ', StringSplitOptions.RemoveEmptyEntries);
        if (count is < 2 or > MostWords) return [];
        for (var i = 0; i < count; i++)
            if (SentenceWords.Contains(text[words[i]])) return [];

        Span<int> ends = stackalloc int[MostWords];
        var found = 0;
        var (isPlain, hasSpecial) = (true, false);
        for (var i = 0; i < count;)
        {
            var length = Longest(text, words[i..count], lookup, profile, out var isSpecial);
            if (length == 0) return [];
            isPlain &= length > 1 || isSpecial;
            hasSpecial |= isSpecial;
            i += length;
            ends[found++] = i;
        }

        if (found < 2 || !(isPlain || hasSpecial)) return [];
        for (var i = 0; i < found - 1; i++)
            if (Straddles(text, words[..count], ends[i], lookup)) return [];

        var offsets = new int[found - 1];
        for (var i = 0; i < offsets.Length; i++) offsets[i] = words[ends[i] - 1].End.Value;
        return offsets;
    }

    private static int Longest(ReadOnlySpan<char> text, ReadOnlySpan<Range> words, TagLookup lookup, Profile profile, out bool isSpecial)
    {
        for (var length = words.Length; length > 0; length--)
        {
            var candidate = text[words[0].Start.Value..words[length - 1].End.Value];
            isSpecial = profile.Classify(candidate, out _) is SpecialKind.PeopleCount or SpecialKind.Quality;
            if (isSpecial || (lookup.TryFind(candidate, out var match) && lookup[match.Tag].Posts >= profile.Thresholds.Strong)) return length;
        }

        isSpecial = false;
        return 0;
    }

    /// <summary><c>black hair ribbon</c>: whether a tag begins before a border and ends behind it.</summary>
    private static bool Straddles(ReadOnlySpan<char> text, ReadOnlySpan<Range> words, int border, TagLookup lookup)
    {
        for (var first = int.Max(0, border - 2); first < border; first++)
        {
            for (var last = border; last < int.Min(words.Length, border + 2); last++)
                if (lookup.TryFind(text[words[first].Start.Value..words[last].End.Value], out _)) return true;
        }

        return false;
    }
}
