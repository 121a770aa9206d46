using Kohaku.Analysis.Text;

namespace Kohaku.Analysis.Profiles;

/// <summary>Quality words that no table names: <c>hyper quality</c>, and slips such as <c>wort quality</c>.</summary>
internal static class QualitySynonym
{
    private const string Ending = " quality";

    /// <summary>More words than this before <c>quality</c> are a sentence's.</summary>
    private const int MostWords = 2;

    public static bool TryFind(Profile profile, ReadOnlySpan<char> tag, out Synonym synonym)
    {
        synonym = default;
        if (tag.Length is < 8 or > WordTable.LongestWord) return false;

        Span<char> buffer = stackalloc char[WordTable.LongestWord];
        ReadOnlySpan<char> folded = buffer[..WordTable.Fold(tag, buffer)];
        if (folded.IsEmpty) return false;

        var isQuality = folded.EndsWith(Ending) && folded.Count(' ') <= MostWords;
        var nearest = Nearest(profile, folded);
        if (!isQuality && nearest is null) return false;

        synonym = new Synonym(SpecialKind.Quality, nearest, false);
        return true;
    }

    /// <summary>The quality word at most two slips away, so that a typing error has a fix and another word has none.</summary>
    private static string? Nearest(Profile profile, ReadOnlySpan<char> folded)
    {
        string? best = null;
        var bestDistance = 3;
        for (var i = 0; i < profile.Qualities.Count; i++)
        {
            var quality = profile.Qualities[i];

            // Slips at the first letter are rare, and this asks little of every unknown tag.
            if (quality.Word[0] != folded[0] || Math.Abs(quality.Word.Length - folded.Length) >= bestDistance) continue;
            var distance = EditDistance.Between(quality.Word, folded);
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = quality.Word;
        }

        return best;
    }
}
