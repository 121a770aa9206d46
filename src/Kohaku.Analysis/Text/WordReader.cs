namespace Kohaku.Analysis.Text;

/// <summary>Cuts a text into words of letters, digits and apostrophes: lower case, full-width letters made plain, digits that stand for letters read as letters.</summary>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    /// <summary>Longer words are no words of any list.</summary>
    public const int Longest = 24;

    private readonly ReadOnlySpan<char> _text = text;
    private Letters _letters;
    private int _at;
    private int _length;

    /// <summary>The word that <see cref="Next"/> found; empty for one that is too long.</summary>
    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<char> Word => ((ReadOnlySpan<char>)_letters)[.._length];

    /// <summary>What follows the word.</summary>
    public readonly ReadOnlySpan<char> Rest => _text[_at..];

    /// <summary>Goes to the next word.</summary>
    public bool Next()
    {
        while (_at < _text.Length && !IsPart(_text[_at])) _at++;
        if (_at == _text.Length) return false;
        var start = _at;
        while (_at < _text.Length && IsPart(_text[_at])) _at++;
        _length = _at - start <= Longest ? Fold(_text[start.._at]) : 0;
        return true;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '\'';

    private int Fold(ReadOnlySpan<char> word)
    {
        Span<char> letters = _letters;
        var hasLetter = false;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i] is >= '\uFF01' and <= '\uFF5E' ? (char)(word[i] - 0xFEE0) : word[i];
            letters[i] = char.ToLowerInvariant(c);
            hasLetter |= i == 0 && char.IsLetter(c);
        }

        // `l0li`: only where the word begins with a letter, so that `16yo` stays a number.
        if (!hasLetter) return word.Length;
        for (var i = 1; i < word.Length; i++)
            letters[i] = letters[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', var c => c };
        return word.Length;
    }

    [System.Runtime.CompilerServices.InlineArray(Longest)]
    private struct Letters
    {
        private char _first;
    }
}
