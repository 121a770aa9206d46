using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kohaku.Syntax.Tokens;

/// <summary>The tokens of words seen before, for one thread: at most 16 bytes of word and 7 tokens. Bounded: a new word takes the place of an older one.</summary>
/// <remarks>
/// Most words have at most 8 bytes and 3 tokens: those lie four to a cache line, since what a look-up costs is the line it brings in.
/// Both tables grow while words find all their places taken, to a quarter and half a megabyte.
/// </remarks>
internal sealed class WordCache
{
    /// <summary>The longest word that is kept, in bytes.</summary>
    public const int MaximumWord = 16;

    private const int FirstSets = 1 << 8;
    private const int LastSets = 1 << 12;

    private ShortEntry[] _short = new ShortEntry[FirstSets * ShortEntry.Ways];
    private LongEntry[] _long = new LongEntry[FirstSets * LongEntry.Ways];
    private int _shortEvictions;
    private int _longEvictions;
    private int _turn;

    /// <summary>The tokens of a word, or nothing if it has not been seen.</summary>
    /// <param name="low">The first eight bytes, the first lowest; zeros behind the end.</param>
    /// <param name="high">The bytes from the ninth.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<ushort> Find(ulong low, ulong high)
    {
        if (high != 0) return FindLong(low, high);

        ref var entry = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_short), Set(low, 0, _short.Length / ShortEntry.Ways) * ShortEntry.Ways);
        if (entry.Word == low) return entry.Span;
        entry = ref Unsafe.Add(ref entry, 1);
        if (entry.Word == low) return entry.Span;
        entry = ref Unsafe.Add(ref entry, 1);
        if (entry.Word == low) return entry.Span;
        entry = ref Unsafe.Add(ref entry, 1);
        return entry.Word == low ? entry.Span : FindLong(low, high);
    }

    /// <summary>Keeps a word's tokens. A word of more than 7 tokens, or that ends in a NUL, is not kept.</summary>
    public void Add(ulong low, ulong high, int length, ReadOnlySpan<ushort> tokens)
    {
        // A NUL at the end reads as the padding of a shorter word.
        var last = length > 8 ? high >> ((length - 9) * 8) : low >> ((length - 1) * 8);
        if (tokens.Length > LongEntry.Capacity || (last & 0xFF) == 0) return;

        if (length <= 8 && tokens.Length <= ShortEntry.Capacity) AddShort(low, tokens);
        else AddLong(low, high, tokens);
    }

    private static int Set(ulong low, ulong high, int sets)
    {
        var hash = (low ^ (high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        return (int)((hash >> 40) & (uint)(sets - 1));
    }

    private ReadOnlySpan<ushort> FindLong(ulong low, ulong high)
    {
        foreach (ref readonly var entry in _long.AsSpan(Set(low, high, _long.Length / LongEntry.Ways) * LongEntry.Ways, LongEntry.Ways))
        {
            if (entry.Low == low && entry.High == high) return entry.Span;
        }

        return default;
    }

    private void AddShort(ulong word, ReadOnlySpan<ushort> tokens)
    {
        var set = _short.AsSpan(Set(word, 0, _short.Length / ShortEntry.Ways) * ShortEntry.Ways, ShortEntry.Ways);
        var place = 0;
        while (place < set.Length && set[place].Count != 0) place++;
        if (place == set.Length)
        {
            if (++_shortEvictions > _short.Length / 8 && _short.Length < LastSets * ShortEntry.Ways)
            {
                var old = _short;
                _short = new ShortEntry[old.Length * 4];
                _shortEvictions = 0;
                foreach (ref readonly var entry in old.AsSpan())
                {
                    if (entry.Count != 0) AddShort(entry.Word, entry.Span);
                }

                AddShort(word, tokens);
                return;
            }

            place = ++_turn % set.Length;
        }

        ref var free = ref set[place];
        free.Word = word;
        free.Count = (ushort)tokens.Length;
        tokens.CopyTo(free.Ids);
    }

    private void AddLong(ulong low, ulong high, ReadOnlySpan<ushort> tokens)
    {
        var set = _long.AsSpan(Set(low, high, _long.Length / LongEntry.Ways) * LongEntry.Ways, LongEntry.Ways);
        var place = 0;
        while (place < set.Length && set[place].Count != 0) place++;
        if (place == set.Length)
        {
            if (++_longEvictions > _long.Length / 8 && _long.Length < LastSets * 2 * LongEntry.Ways)
            {
                var old = _long;
                _long = new LongEntry[old.Length * 4];
                _longEvictions = 0;
                foreach (ref readonly var entry in old.AsSpan())
                {
                    if (entry.Count != 0) AddLong(entry.Low, entry.High, entry.Span);
                }

                AddLong(low, high, tokens);
                return;
            }

            place = ++_turn % set.Length;
        }

        ref var free = ref set[place];
        free.Low = low;
        free.High = high;
        free.Count = (ushort)tokens.Length;
        tokens.CopyTo(free.Ids);
    }

    /// <summary>16 bytes: a quarter of a cache line.</summary>
    private struct ShortEntry
    {
        public const int Capacity = 3;
        public const int Ways = 4;

        public ulong Word;
        public ushort Count;
        public Three Ids;

        [UnscopedRef]
        public readonly ReadOnlySpan<ushort> Span => ((ReadOnlySpan<ushort>)Ids)[..Count];
    }

    /// <summary>32 bytes: half a cache line.</summary>
    private struct LongEntry
    {
        public const int Capacity = 7;
        public const int Ways = 2;

        public ulong Low;
        public ulong High;
        public ushort Count;
        public Seven Ids;

        [UnscopedRef]
        public readonly ReadOnlySpan<ushort> Span => ((ReadOnlySpan<ushort>)Ids)[..Count];
    }

    [InlineArray(ShortEntry.Capacity)]
    private struct Three
    {
        private ushort _first;
    }

    [InlineArray(LongEntry.Capacity)]
    private struct Seven
    {
        private ushort _first;
    }
}
