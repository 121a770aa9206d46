namespace Kohaku.LanguageServer.Outlining;

/// <summary>How well a query fits a name whose letters it holds in order, as clients filter symbols too.</summary>
internal static class FuzzyName
{
    /// <summary>The fit, more is better; −1 where the letters are not all there in order. Case and blanks of the query do not matter; an empty query fits all alike.</summary>
    public static int Score(ReadOnlySpan<char> query, ReadOnlySpan<char> name)
    {
        query = query.Trim();
        if (query.IsEmpty) return 0;

        var whole = name.IndexOf(query, StringComparison.OrdinalIgnoreCase);
        if (whole >= 0) return 1000 + (IsWordStart(name, whole) ? 500 : 0) - int.Min(whole, 400);

        var score = 0;
        var at = 0;
        foreach (var c in query)
        {
            if (char.IsWhiteSpace(c)) continue;

            var found = at;
            while (found < name.Length && char.ToUpperInvariant(name[found]) != char.ToUpperInvariant(c)) found++;
            if (found == name.Length) return -1;

            score += found == at ? 3 : IsWordStart(name, found) ? 2 : 0;
            at = found + 1;
        }

        return score;
    }

    private static bool IsWordStart(ReadOnlySpan<char> name, int at) => at == 0 || !char.IsLetterOrDigit(name[at - 1]);
}
