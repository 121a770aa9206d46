namespace Kohaku.Syntax.Tokens;

/// <summary>Tokens of single words: known ones from the cache, others merged. For one thread; a result is good until the next call.</summary>
internal sealed class ClipWords(ClipTable table)
{
    private const int Kept = 1 << 16;

    private readonly WordCache _cache = new();
    private ushort[] _tokens = new ushort[64];

    /// <summary>The tokens of a word of at most 16 bytes.</summary>
    /// <param name="low">Its first eight bytes, the first lowest; zeros behind the end.</param>
    /// <param name="high">Its bytes from the ninth.</param>
    /// <param name="length">Bytes, at least one.</param>
    public ReadOnlySpan<ushort> Tokens(ulong low, ulong high, int length)
    {
        var known = _cache.Find(low, high);
        return known.IsEmpty ? Merge(low, high, length) : known;
    }

    /// <summary>The tokens of a word of any length.</summary>
    public ReadOnlySpan<ushort> Tokens(scoped ReadOnlySpan<byte> word)
    {
        if (word.Length > WordCache.MaximumWord) return Merge(word);

        ulong low = 0, high = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (i < 8) low |= (ulong)word[i] << (i * 8);
            else high |= (ulong)word[i] << ((i - 8) * 8);
        }

        // A NUL at the end cannot be told from padding.
        return word[^1] == 0 ? Merge(word) : Tokens(low, high, word.Length);
    }

    /// <summary>Gives back the room of an uncommonly long word.</summary>
    public void Trim()
    {
        if (_tokens.Length > Kept) _tokens = new ushort[64];
    }

    private ReadOnlySpan<ushort> Merge(ulong low, ulong high, int length)
    {
        Span<byte> word = stackalloc byte[WordCache.MaximumWord];
        for (var i = 0; i < length; i++) word[i] = (byte)(i < 8 ? low >> (i * 8) : high >> ((i - 8) * 8));
        var tokens = Merge(word[..length]);
        _cache.Add(low, high, length, tokens);
        return tokens;
    }

    private ReadOnlySpan<ushort> Merge(scoped ReadOnlySpan<byte> word)
    {
        if (_tokens.Length < word.Length) _tokens = new ushort[word.Length];
        return _tokens.AsSpan(0, BytePairMerger.Merge(table, word, _tokens));
    }
}
