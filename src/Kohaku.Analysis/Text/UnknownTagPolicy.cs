using System.Buffers;
using Kohaku.Tags;

namespace Kohaku.Analysis.Text;

/// <summary>What text that no list holds seems to be.</summary>
public enum UnknownText
{
    /// <summary>Natural language: every word is known, or it reads as a sentence. No list holds it and none could.</summary>
    Language,

    /// <summary>A tag in another form: <c>1 girl</c>, <c>blue eye</c>, <c>hair long</c>.</summary>
    NearTag,

    /// <summary>It holds a word that is no word: a slip, a network's trigger word, an embedding's name.</summary>
    UnknownWord,
}

/// <summary>
/// Decides which unknown text is worth a word (KHK002). Real prompts are full of language, which a model of tags half understands and no
/// list holds; a tag that was mistyped stands out from it by a word that nobody uses, or by a tag that is a step away.
/// </summary>
/// <remarks>
/// Cheap on purpose: a few exact lookups and a filter of words, no search, no allocation. The near tags are searched for where they are shown.
/// </remarks>
public static class UnknownTagPolicy
{
    /// <summary>Nothing longer is looked at word by word: it is language.</summary>
    private const int LongestTag = 96;

    /// <summary>In longer phrases a strange word is a name or a rarity.</summary>
    private const int MostWordsOfATag = 3;

    /// <summary>Signs of code and templates, which no tag is made of.</summary>
    private static readonly SearchValues<char> NotOfTags = SearchValues.Create("=\"{}$%");

    /// <summary>What a text that no list holds seems to be.</summary>
    /// <param name="text">As written, without brackets, weight and escapes.</param>
    /// <param name="lookup">The tags.</param>
    public static UnknownText Judge(ReadOnlySpan<char> text, TagLookup lookup)
    {
        text = text.Trim(" \t\r\n.!?;:*\"'`+~|/");
        if (text.Length is < 2 or > LongestTag || text.ContainsAny(NotOfTags) || SentenceDetector.ReadsAsSentence(text)) return UnknownText.Language;

        var words = 0;
        var strange = 0;
        var capitalised = 0;
        Span<char> lower = stackalloc char[LongestTag];
        foreach (var word in new WordSplit(text))
        {
            words++;
            if (char.IsAsciiLetterUpper(word[0])) capitalised++;
            word.ToLowerInvariant(lower);
            if (!IsKnown(lower[..word.Length], lookup)) strange++;
        }

        if (words <= MostWordsOfATag && NearTag.Exists(text, words, lookup)) return UnknownText.NearTag;
        if (strange == 0) return UnknownText.Language;

        // `Greg Manchess`: people and places that no list of tags holds. `Hatsune Mikuu` is one step from a tag.
        var isName = words > 1 && capitalised == words;
        if (!isName && words <= MostWordsOfATag) return UnknownText.UnknownWord;
        return NearTag.IsOneSlipAway(text, lookup) ? UnknownText.NearTag : UnknownText.Language;
    }

    /// <summary>Whether unknown-tag speaks of a text that no list holds.</summary>
    /// <param name="text">As written, without brackets, weight and escapes.</param>
    /// <param name="lookup">The tags.</param>
    public static bool ShouldReport(ReadOnlySpan<char> text, TagLookup lookup) => Judge(text, lookup) != UnknownText.Language;

    private static bool IsKnown(ReadOnlySpan<char> word, TagLookup lookup)
    {
        if (char.IsAsciiDigit(word[0]) && IsMeasure(word)) return true;

        var apostrophe = word.IndexOf('\'');
        if (apostrophe > 0) word = word[..apostrophe];
        return KnownWords.Contains(word) || lookup.TryFind(word, out _);
    }

    /// <summary><c>8k</c>, <c>85mm</c>, <c>3d</c>, <c>25yo</c>, <c>1990s</c>, a bare number.</summary>
    private static bool IsMeasure(ReadOnlySpan<char> word)
    {
        var unit = word.TrimStart("0123456789");
        return unit is "" or "k" or "mm" or "cm" or "m" or "d" or "p" or "s" or "x" or "st" or "nd" or "rd" or "th" or "yo" or "fps" or "bit" or "px" or "hd";
    }
}
