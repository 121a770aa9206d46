namespace Kohaku.Analysis.Text;

/// <summary>Whether a word is one that people use: English, the words that tags are made of, and those of prompting.</summary>
/// <remarks>Made of <c>data/words</c> and <c>data/tags</c>; the filter is part of the program and is touched only when it is asked.</remarks>
public static unsafe class KnownWords
{
    /// <summary>Shorter than this no stem says anything.</summary>
    private const int ShortestStem = 3;

    private static readonly WordFilter Filter = Open("Kohaku.Analysis.words.bin");

    private static readonly WordFilter Names = Open("Kohaku.Analysis.names.bin");

    private static readonly (string Ending, string Instead)[] Endings =
    [
        ("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""), ("est", "e"),
        ("ies", "y"), ("ied", "y"), ("iness", "y"), ("ily", "y"), ("y", ""), ("ness", ""), ("less", ""), ("ful", ""), ("ish", ""), ("ism", ""),
        ("ist", ""), ("like", ""), ("able", ""),
    ];

    private static readonly string[] Beginnings =
        ["hyper", "ultra", "super", "mega", "un", "re", "semi", "multi", "photo", "post", "over", "non", "pre", "sub", "neo", "retro", "cyber", "bio", "micro", "macro", "mid"];

    /// <summary>Whether a word is known, by itself or by what it is made of: <c>hats</c>, <c>dreamlike</c>, <c>hyperdetailed</c>.</summary>
    /// <param name="word">Lower-case ASCII letters.</param>
    public static bool Contains(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 32) return word.Length == 1;
        if (IsOne(word)) return true;

        foreach (var beginning in Beginnings)
        {
            var rest = word.Length - beginning.Length;
            if (rest > ShortestStem && word.StartsWith(beginning) && IsOne(word[beginning.Length..])) return true;
        }

        return false;
    }

    /// <summary>Whether a word is one of everyday language, and no maker's or artist's name that prompts use.</summary>
    /// <param name="word">Lower-case ASCII letters, 2 to 32.</param>
    public static bool IsPlain(ReadOnlySpan<char> word) => IsOne(word) && !Names.Contains(word);

    private static bool IsOne(ReadOnlySpan<char> word) => Filter.Contains(word) || IsInflected(word);

    private static bool IsInflected(ReadOnlySpan<char> word)
    {
        Span<char> stem = stackalloc char[40];
        foreach (var (ending, instead) in Endings)
        {
            var length = word.Length - ending.Length;
            if (length < ShortestStem || !word.EndsWith(ending)) continue;

            word[..length].CopyTo(stem);
            instead.CopyTo(stem[length..]);
            if (Filter.Contains(stem[..(length + instead.Length)])) return true;
        }

        return false;
    }

    private static WordFilter Open(string resource)
    {
        // The stream lies over the program's own read-only memory, which stays as long as the program.
        using var stream = (UnmanagedMemoryStream)typeof(KnownWords).Assembly.GetManifestResourceStream(resource)!;
        return new WordFilter(stream.PositionPointer, checked((int)stream.Length));
    }
}
