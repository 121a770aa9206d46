using System.Buffers;
using System.Numerics;

namespace Kohaku.Syntax.Tokens;

/// <summary>Byte-pair encoding of one word: the pair with the lowest id merges first, the leftmost first among equals.</summary>
/// <remarks>
/// Sennrich et al. 2016, as OpenAI's <c>simple_tokenizer.bpe</c> has it. A merge's id is above those of its halves (<see cref="ClipTable.Build"/>
/// sees to it), so merging never makes a pair that should have merged earlier: ids may be worked off in rising order.
/// </remarks>
internal static class BytePairMerger
{
    private const int ShortWord = 48;
    private const int LargestPooled = 1 << 18;
    private const int Words = (ClipTable.TokenCount + 63) / 64;

    /// <summary>Encodes a word.</summary>
    /// <param name="table">The vocabulary.</param>
    /// <param name="word">Its UTF-8 bytes, at least one.</param>
    /// <param name="tokens">Room for as many tokens as there are bytes.</param>
    /// <returns>How many tokens it became.</returns>
    public static int Merge(ClipTable table, ReadOnlySpan<byte> word, Span<ushort> tokens)
    {
        for (var i = 0; i < word.Length; i++) tokens[i] = (ushort)table.ByteToken(word[i]);
        // The last byte carries the end of the word.
        tokens[word.Length - 1] += 256;
        return word.Length <= ShortWord ? MergeShort(table, tokens[..word.Length]) : MergeLong(table, tokens[..word.Length]);
    }

    /// <summary>Looks over all pairs for each merge: quadratic, and the fastest for the words people write.</summary>
    private static int MergeShort(ClipTable table, Span<ushort> tokens)
    {
        Span<ushort> pairs = stackalloc ushort[ShortWord];
        var count = tokens.Length;
        for (var i = 0; i + 1 < count; i++) pairs[i] = Rank(table, tokens, i);

        while (count > 1)
        {
            var best = 0;
            for (var i = 1; i + 1 < count; i++)
            {
                if (pairs[i] < pairs[best]) best = i;
            }

            if (pairs[best] == ushort.MaxValue) break;

            tokens[best] = pairs[best];
            tokens[(best + 2)..count].CopyTo(tokens[(best + 1)..]);
            pairs[(best + 1)..(count - 1)].CopyTo(pairs[best..]);
            count--;
            if (best > 0) pairs[best - 1] = Rank(table, tokens, best - 1);
            if (best + 1 < count) pairs[best] = Rank(table, tokens, best);
        }

        return count;
    }

    private static ushort Rank(ClipTable table, ReadOnlySpan<ushort> tokens, int left)
    {
        var merged = table.Merged(tokens[left], tokens[left + 1]);
        return merged == 0 ? ushort.MaxValue : (ushort)merged;
    }

    /// <summary>Keeps the places of each pair in a list of its own and works the lists off in rising order: linear in the word's length.</summary>
    private static int MergeLong(ClipTable table, Span<ushort> tokens)
    {
        var next = Rent<int>(tokens.Length);
        var previous = Rent<int>(tokens.Length);
        var listed = Rent<ushort>(tokens.Length);
        var heads = Rent<int>(ClipTable.TokenCount);
        try
        {
            listed.AsSpan(0, tokens.Length).Clear();
            Span<ulong> waiting = stackalloc ulong[Words];
            waiting.Clear();
            var word = new LongWord(table, tokens, waiting, heads, next, previous, listed);
            return word.Merge();
        }
        finally
        {
            Return(next);
            Return(previous);
            Return(listed);
            Return(heads);
        }
    }

    /// <summary>The pool rounds up to powers of two and keeps what it gets back: for a word of megabytes that is too much memory.</summary>
    private static T[] Rent<T>(int length) =>
        length > LargestPooled ? GC.AllocateUninitializedArray<T>(length) : ArrayPool<T>.Shared.Rent(length);

    private static void Return<T>(T[] array)
    {
        if (array.Length <= LargestPooled) ArrayPool<T>.Shared.Return(array);
    }

    /// <summary>A word under work. A token lies at its first and its last byte's place, so both neighbours are found by their lengths.</summary>
    private readonly ref struct LongWord(
        ClipTable table, Span<ushort> tokens, Span<ulong> waiting, int[] heads, int[] next, int[] previous, ushort[] listed)
    {
        private readonly Span<ushort> _tokens = tokens;
        private readonly Span<ulong> _waiting = waiting;

        public int Merge()
        {
            for (var at = _tokens.Length - 2; at >= 0; at--) List(at);

            for (var word = 0; word < Words; word++)
            {
                while (_waiting[word] != 0) MergeAll((word * 64) + BitOperations.TrailingZeroCount(_waiting[word]));
            }

            var count = 0;
            for (var at = 0; at < _tokens.Length; count++)
            {
                var token = _tokens[at];
                at += table.ByteLength(token);
                _tokens[count] = token;
            }

            return count;
        }

        private void MergeAll(int merged)
        {
            while ((_waiting[merged / 64] >> (merged % 64) & 1) != 0)
            {
                var at = heads[merged];
                var token = _tokens[at];
                if (token != _tokens[Following(at)])
                {
                    MergeAt(at, merged);
                    continue;
                }

                // A run of one token: pairs overlap, and the leftmost goes first.
                while (at > 0 && _tokens[at - 1] == token) at -= table.ByteLength(token);
                while (at < _tokens.Length && listed[at] == merged)
                {
                    MergeAt(at, merged);
                    at = Following(at);
                }
            }
        }

        private void MergeAt(int at, int merged)
        {
            var second = Following(at);
            Unlist(at);
            Unlist(second);
            _tokens[at] = (ushort)merged;
            _tokens[Following(at) - 1] = (ushort)merged;
            List(at);
            if (at == 0) return;

            var before = at - table.ByteLength(_tokens[at - 1]);
            Unlist(before);
            List(before);
        }

        private int Following(int at) => at + table.ByteLength(_tokens[at]);

        private void List(int at)
        {
            var right = Following(at);
            if (right >= _tokens.Length) return;

            var pair = table.Merged(_tokens[at], _tokens[right]);
            if (pair == 0) return;

            ref var word = ref _waiting[pair / 64];
            var bit = 1UL << (pair % 64);
            var head = (word & bit) != 0 ? heads[pair] : -1;
            word |= bit;
            heads[pair] = at;
            next[at] = head;
            previous[at] = -1;
            if (head >= 0) previous[head] = at;
            listed[at] = (ushort)pair;
        }

        private void Unlist(int at)
        {
            var pair = listed[at];
            if (pair == 0) return;

            listed[at] = 0;
            if (next[at] >= 0) previous[next[at]] = previous[at];
            if (previous[at] >= 0)
            {
                next[previous[at]] = next[at];
                return;
            }

            heads[pair] = next[at];
            if (next[at] < 0) _waiting[pair / 64] &= ~(1UL << (pair % 64));
        }
    }
}
