namespace Kohaku.Tags;

/// <summary>A query as the tiers need it: its spelling, its words, its letters. One is used again for every query.</summary>
internal sealed class QueryText
{
    /// <summary>Words behind this many are not looked for.</summary>
    public const int MostWords = 16;

    private readonly byte[] _spelling = new byte[TagText.MaxBytes];
    private readonly byte[] _letters = new byte[TagText.MaxBytes];
    private readonly (int Start, int End)[] _words = new (int, int)[MostWords];
    private int _length;
    private int _letterCount;

    /// <summary>The spelling under which tags are found.</summary>
    public ReadOnlySpan<byte> Spelling => _spelling.AsSpan(0, _length);

    /// <summary>The spelling without separators.</summary>
    public ReadOnlySpan<byte> Letters => _letters.AsSpan(0, _letterCount);

    /// <summary>Number of words.</summary>
    public int WordCount { get; private set; }

    /// <summary>The letters it holds, one bit for each kind.</summary>
    public ulong LetterMask { get; private set; }

    /// <summary>The letters with which its words begin.</summary>
    public uint WordLetters { get; private set; }

    /// <summary>Whether all of it is ASCII.</summary>
    public bool IsAscii { get; private set; }

    /// <summary>Up to three letters: then only exact, prefix, words and initials count.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Reads what is typed; false where no tag is as long.</summary>
    public bool Read(ReadOnlySpan<char> text)
    {
        _length = TagText.Normalise(text.TrimStart(" _\t\r\n"), _spelling);
        if (_length < 0)
        {
            _length = 0;
            return false;
        }

        var spelling = Spelling;
        IsAscii = System.Text.Ascii.IsValid(spelling);
        LetterMask = TagText.Letters(spelling);
        IsShort = _length <= 3 || spelling.TrimEnd((byte)'_').Length <= 3;
        ReadWords(spelling);
        return true;
    }

    /// <summary>One word: from its first letter or digit to the next separator.</summary>
    public ReadOnlySpan<byte> Word(int word) => _spelling.AsSpan(_words[word].Start.._words[word].End);

    private void ReadWords(ReadOnlySpan<byte> spelling)
    {
        WordCount = 0;
        WordLetters = 0;
        _letterCount = 0;
        var start = -1;
        for (var i = 0; i <= spelling.Length; i++)
        {
            if (i == spelling.Length || spelling[i] == (byte)'_')
            {
                if (start >= 0 && WordCount < MostWords)
                {
                    _words[WordCount++] = (start, i);
                }

                start = -1;
                continue;
            }

            _letters[_letterCount++] = spelling[i];
            if (start < 0 && TagText.IsWord(spelling[i]))
            {
                start = i;
                WordLetters |= TagText.Letter(spelling[i]);
            }
        }
    }
}
