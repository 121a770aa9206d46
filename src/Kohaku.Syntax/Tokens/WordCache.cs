using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Kohaku.Syntax.Tokens;

/// <summary>The tokens of words seen before: at most 16 bytes of word, at most 7 tokens. Bounded, for one thread.</summary>
/// <remarks>Each word has two places. It grows while words find both taken, up to one megabyte; from then on a new word takes an older one's place.</remarks>
internal sealed class WordCache
{
    /// <summary>The longest word that is kept, in bytes.</summary>
    public const int MaximumWord = 16;

    private const int FirstSize = 1 << 11;
    private const int LastSize = 1 << 15;

    private Entry[] _entries = new Entry[FirstSize];
    private int _evictions;

    /// <summary>The tokens of a word, or nothing if it has not been seen.</summary>
    /// <param name="low">The first eight bytes, the first lowest; zeros behind the end.</param>
    /// <param name="high">The bytes from the ninth.</param>
    public ReadOnlySpan<ushort> Find(ulong low, ulong high)
    {
        var entries = _entries;
        var place = Place(low, high, entries.Length);
        ref var entry = ref entries[place];
        if (entry.Low == low && entry.High == high) return entry.Span;

        entry = ref entries[place ^ 1];
        return entry.Low == low && entry.High == high ? entry.Span : default;
    }

    /// <summary>Keeps a word's tokens. A word of more than 7 tokens, or that ends in a NUL, is not kept.</summary>
    public void Add(ulong low, ulong high, int length, ReadOnlySpan<ushort> tokens)
    {
        // A NUL at the end reads as the padding of a shorter word.
        var last = length > 8 ? high >> ((length - 9) * 8) : low >> ((length - 1) * 8);
        if (tokens.Length > Tokens.Capacity || (last & 0xFF) == 0) return;

        var place = Place(low, high, _entries.Length);
        if (_entries[place].Count != 0)
        {
            place ^= 1;
            if (_entries[place].Count != 0 && ++_evictions > _entries.Length / 8 && _entries.Length < LastSize)
            {
                Grow();
                Add(low, high, length, tokens);
                return;
            }
        }

        // The other place's word is the older one or the newer one with equal chance: nobody keeps count.
        ref var entry = ref _entries[place];
        entry.Low = low;
        entry.High = high;
        entry.Count = (ushort)tokens.Length;
        tokens.CopyTo(entry.Ids);
    }

    private static int Place(ulong low, ulong high, int size)
    {
        var hash = (low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        return (int)((hash >> 32) & (uint)(size - 1));
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 4];
        _evictions = 0;
        foreach (ref var entry in old.AsSpan())
        {
            if (entry.Count == 0) continue;

            var place = Place(entry.Low, entry.High, _entries.Length);
            if (_entries[place].Count != 0) place ^= 1;
            _entries[place] = entry;
        }
    }

    private struct Entry
    {
        public ulong Low;
        public ulong High;
        public ushort Count;
        public Tokens Ids;

        [UnscopedRef]
        public readonly ReadOnlySpan<ushort> Span => ((ReadOnlySpan<ushort>)Ids)[..Count];
    }

    [InlineArray(Capacity)]
    private struct Tokens
    {
        public const int Capacity = 7;

        private ushort _first;
    }
}
