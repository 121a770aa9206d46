using System.Text;

namespace Kohaku.Analysis.Text;

/// <summary>Tells phrases of natural language from what was meant as a tag, by their form alone. Allocates nothing.</summary>
public static class SentenceDetector
{
    /// <summary>So many words are a phrase, whatever they are: hardly a tag has as many.</summary>
    private const int WordsOfAPhrase = 5;

    /// <summary>Fewer words may be a tag even with a word such as <c>on</c> among them: <c>hand on hip</c>.</summary>
    private const int WordsAroundAFunctionWord = 4;

    /// <summary>Longer function words there are none.</summary>
    private const int LongestFunctionWord = 8;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> FunctionWords = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "of", "with", "in", "on", "at", "by", "and", "or", "from", "to", "for", "is", "are", "was", "were", "be", "as", "his", "her", "its",
        "their", "he", "she", "it", "they", "that", "this", "these", "who", "which", "while", "into", "onto", "over", "under", "through", "between", "like",
        "no", "not", "very", "so", "but", "than", "then", "has", "have", "having", "there", "my", "your", "our", "if", "when", "where", "being", "without",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words that begin a phrase and no tag that anybody would mistype: <c>a girl</c>, <c>by greg rutkowski</c>, <c>very detailed</c>.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Openings = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "of", "with", "in", "on", "at", "by", "and", "or", "from", "to", "for", "is", "are", "as", "his", "her", "its", "their", "no", "not",
        "very", "so", "but", "she", "he", "they", "there", "my", "this",
    }.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a text reads as language by its length, its function words or its script.</summary>
    /// <param name="text">A comma field or tag, without weight.</param>
    public static bool ReadsAsSentence(ReadOnlySpan<char> text)
    {
        var words = 0;
        var hasFunctionWord = false;
        var hasLetters = false;
        foreach (var word in new WordSplit(text))
        {
            // Another script is language too: no list holds it, and it is no slip of the fingers.
            if (!Ascii.IsValid(word)) return true;

            if (words == 1 && Openings.Contains(FirstWord(text))) return true;
            words++;
            hasLetters |= char.IsAsciiLetter(word[0]) || char.IsAsciiLetter(word[^1]);
            hasFunctionWord |= word.Length <= LongestFunctionWord && FunctionWords.Contains(word);
            if (words == WordsOfAPhrase) return true;
        }

        return !hasLetters || (hasFunctionWord && words >= WordsAroundAFunctionWord);
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        foreach (var word in new WordSplit(text)) return word;
        return [];
    }
}
