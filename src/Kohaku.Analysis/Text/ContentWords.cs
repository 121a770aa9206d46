namespace Kohaku.Analysis.Text;

/// <summary>What a text says that content safety must know.</summary>
/// <param name="Minor">Whether it marks a subject as a minor.</param>
/// <param name="Sexual">Whether it asks for something sexual.</param>
public readonly record struct ContentFound(bool Minor, bool Sexual);

/// <summary>Finds words that mark a subject as a minor and words that are sexual, in whatever case, spelling and separators.</summary>
/// <remarks>
/// Errs on the strict side for words that mean a minor and nothing else, and on the lenient side for words that have another use
/// (<c>petite</c>, <c>school uniform</c>, <c>lolita fashion</c> are about size and clothes).
/// </remarks>
public static class ContentWords
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">A tag or a phrase.</param>
    /// <param name="isName">Whether it is a character's name, in which only plain words for a child count.</param>
    public static ContentFound Read(ReadOnlySpan<char> text, bool isName = false)
    {
        var words = new WordReader(text);
        var ages = default(AgeReader);
        var school = default(SchoolReader);
        var (minor, sexual) = (ContentWordLists.IsMinorPhrase(text), false);
        Span<char> before = stackalloc char[WordReader.Longest];
        var beforeLength = 0;
        while (words.Next())
        {
            var word = words.Word;
            ReadOnlySpan<char> previous = before[..beforeLength];
            if (isName)
            {
                minor |= ContentWordLists.IsChild(word);
            }
            else
            {
                minor |= ages.Read(word) || school.Read(word) || IsMinor(word, previous, words.Rest, ages.SawAdult);
                sexual |= IsSexual(word, previous);
            }

            word.CopyTo(before);
            beforeLength = word.Length;
        }

        return new ContentFound(minor, sexual);
    }

    private static bool IsMinor(ReadOnlySpan<char> word, ReadOnlySpan<char> previous, ReadOnlySpan<char> rest, bool isAdult)
    {
        if (ContentWordLists.IsUnmistakable(word)) return true;
        if (ContentWordLists.IsNegation(previous)) return false;
        return word switch
        {
            "teen" or "teens" or "teenage" or "teenaged" or "teenager" or "teenagers" =>
                !isAdult && previous is not ("18" or "19" or "eighteen" or "nineteen") && !StartsWithWord(rest, "titans") && !StartsWithWord(rest, "mutant"),
            "kid" => previous is not ("karate" or "kaitou" or "kaito" or "eustass") && !StartsWithWord(rest, "icarus"),
            "kids" or "children" => true,
            "child" => previous is not "destiny's" && !StartsWithWord(rest, "of light"),
            "girl" or "girls" or "boy" or "boys" => previous is "little" or "young" or "underage" or "preteen",
            "down" => previous is "aged",
            "teenie" or "age" or "aged" => previous is "under",
            _ => false,
        };
    }

    private static bool IsSexual(ReadOnlySpan<char> word, ReadOnlySpan<char> previous)
    {
        if (word is "panties" or "bra" or "underwear" && previous is "no" or "without") return true;
        if (word is "breasts" or "breast" or "chest" or "ass" or "butt" or "buttocks") return previous is "bare" or "exposed" or "naked" or "nude";
        if (word is "out") return previous is "breasts";
        if (word is "sex") return !ContentWordLists.IsNegation(previous) && previous is not ("same" or "opposite");
        return ContentWordLists.IsSexual(word) && !ContentWordLists.IsNegation(previous);
    }

    private static bool StartsWithWord(ReadOnlySpan<char> rest, string word) =>
        rest.TrimStart(" _-").StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
