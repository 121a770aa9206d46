namespace Kohaku.Analysis.Text;

/// <summary>How many slips lie between two short words.</summary>
public static class EditDistance
{
    /// <summary>Longer words are compared by their first so many characters.</summary>
    public const int LongestWord = 64;

    /// <summary>Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).</summary>
    /// <param name="first">A word.</param>
    /// <param name="second">Another.</param>
    public static int Between(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (first.Length > LongestWord) first = first[..LongestWord];
        if (second.Length > LongestWord) second = second[..LongestWord];

        Span<int> before = stackalloc int[LongestWord + 1];
        Span<int> above = stackalloc int[LongestWord + 1];
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var j = 0; j <= second.Length; j++) above[j] = j;

        for (var i = 1; i <= first.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var cost = first[i - 1] == second[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            var freed = before;
            before = above;
            above = row;
            row = freed;
        }

        return above[second.Length];
    }

    /// <summary>The word that is nearest, or null where all are further than a third of its length.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Max(2, word.Length / 3) + 1;
        var lower = word.ToLowerInvariant();
        foreach (var candidate in known)
        {
            if (Math.Abs(lower.Length - candidate.Length) >= bestDistance) continue;
            var distance = Between(lower, candidate.ToLowerInvariant());
            if (distance >= bestDistance) continue;
            bestDistance = distance;
            best = candidate;
        }

        return best;
    }
}
