namespace Kohaku.LanguageServer.Completing;

/// <summary>How well a name out of a short list matches what is typed: files, samplers, rules.</summary>
internal static class NameMatch
{
    /// <summary>No match.</summary>
    public const int None = int.MaxValue;

    /// <summary>0 for the name itself, then its beginning, a word's beginning, any part, its letters in order; <see cref="None"/> otherwise.</summary>
    public static int Rank(string name, ReadOnlySpan<char> typed)
    {
        typed = typed.Trim();
        if (typed.IsEmpty) return 1;
        if (name.AsSpan().Equals(typed, StringComparison.OrdinalIgnoreCase)) return 0;

        var at = name.AsSpan().IndexOf(typed, StringComparison.OrdinalIgnoreCase);
        if (at == 0) return 1;
        if (at > 0) return IsWordStart(name, typed) ? 2 : 3;
        return IsSubsequence(name, typed) ? 4 : None;
    }

    /// <summary>The names that match, best first, else in their order.</summary>
    public static IEnumerable<string> Best(IEnumerable<string> names, string typed) =>
        names.Select(name => (Name: name, Rank: Rank(name, typed))).Where(found => found.Rank != None).OrderBy(found => found.Rank).Select(found => found.Name);

    private static bool IsWordStart(string name, ReadOnlySpan<char> typed)
    {
        for (var i = 1; i + typed.Length <= name.Length; i++)
            if (!char.IsLetterOrDigit(name[i - 1]) && name.AsSpan(i, typed.Length).Equals(typed, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool IsSubsequence(string name, ReadOnlySpan<char> typed)
    {
        var at = 0;
        foreach (var c in name)
            if (at < typed.Length && char.ToLowerInvariant(c) == char.ToLowerInvariant(typed[at])) at++;
        return at == typed.Length;
    }
}
