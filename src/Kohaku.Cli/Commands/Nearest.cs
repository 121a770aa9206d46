namespace Kohaku.Cli.Commands;

/// <summary>The word that was likely meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the fewest edits, where they are few for the word's length; else null.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? best = null;
        var least = Math.Max(1, word.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            var distance = candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) && word.Length >= 2 ? 1 : Distance(word, candidate);
            if (distance >= least) continue;

            least = distance;
            best = candidate;
        }

        return best;
    }

    /// <summary>Edits between two words; a swap of neighbours is one (optimal string alignment).</summary>
    public static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > 64 || right.Length > 64) return int.MaxValue;

        Span<int> before = stackalloc int[65];
        Span<int> previous = stackalloc int[65];
        Span<int> current = stackalloc int[65];
        for (var j = 0; j <= right.Length; j++) previous[j] = j;

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            previous.CopyTo(before);
            current.CopyTo(previous);
        }

        return previous[right.Length];
    }
}
