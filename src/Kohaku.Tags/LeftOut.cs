namespace Kohaku.Tags;

/// <summary>Tags that sexualise minors: no list brings them in, wherever it comes from.</summary>
internal static class LeftOut
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "loli", "lolis", "lolicon", "shota", "shotas", "shotacon", "toddlercon", "pedo", "pedophile", "pedophilia", "underage", "jailbait", "preteen",
        "lolidom", "lolibaba", "paleololi", "shotadom", "mesugaki",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> WordSpans = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a spelling holds such a word.</summary>
    public static bool Is(ReadOnlySpan<char> spelling)
    {
        if (spelling is "child_on_child")
        {
            return true;
        }

        var start = 0;
        for (var i = 0; i <= spelling.Length; i++)
        {
            if (i < spelling.Length && char.IsAsciiLetterOrDigit(spelling[i]))
            {
                continue;
            }

            if (i > start && WordSpans.Contains(spelling[start..i]))
            {
                return true;
            }

            start = i + 1;
        }

        return false;
    }
}
