using System.Numerics;

namespace Kohaku.Tags;

public sealed partial class TagSearcher
{
    /// <summary>Keys that may be two edits away, found while looking for those one edit away: source and key.</summary>
    private readonly List<(SearchSource Source, int Key)> _perhapsTwo = new(4096);

    /// <summary>
    /// The tier of one edit: the keys of nearly the same length. Each edit changes the letters by two bits at most, which leaves few to compare.
    /// </summary>
    private void OfferTypos(SearchSource source, bool popular, int edits)
    {
        var index = source.Index;
        var starts = index.LengthStarts;
        var spelling = _text.Spelling;
        var mask = _text.LetterMask;
        var shortest = Math.Max(1, spelling.Length - edits);
        var longest = Math.Min(IndexOrders.LongestLength, spelling.Length + edits);
        for (var length = shortest; length <= longest; length++)
        {
            var (first, end) = Part(index, index.ByLength, starts[length], starts[length + 1], popular);
            var keys = index.ByLength[first..end];
            var letters = index.ByLengthLetters[first..end];
            for (var at = 0; at < letters.Length; at++)
            {
                var difference = BitOperations.PopCount(letters[at] ^ mask);
                if (difference > 2 * edits)
                {
                    continue;
                }

                var key = keys[at];
                if (difference <= 2 && Math.Abs(length - spelling.Length) <= 1 && EditDistance.IsWithin(spelling, index.Key(key), 1))
                {
                    Offer(source, key, index.TagOf(key), MatchKind.Typo);
                }
                else if (edits > 1)
                {
                    _perhapsTwo.Add((source, key));
                }
            }
        }
    }

    /// <summary>The tier of two edits, among the keys that <see cref="OfferTypos"/> left for it.</summary>
    private void OfferTwoTypos()
    {
        foreach (var (source, key) in _perhapsTwo)
        {
            var tag = source.Index.TagOf(key);
            if (IsWanted(source, tag, MatchKind.TwoTypos) && EditDistance.IsWithin(_text.Spelling, source.Index.Key(key), 2))
            {
                Offer(source, key, tag, MatchKind.TwoTypos);
            }
        }
    }

    /// <summary>The tier of left out letters: keys with the same first letter that hold all letters of the query, in its order.</summary>
    private void OfferSubsequences(SearchSource source, bool popular)
    {
        var index = source.Index;
        var query = _text.Letters;
        if (query.Length == 0)
        {
            return;
        }

        var mask = _text.LetterMask;
        var (first, end) = Part(index, index.ByFirst, index.FirstStarts[query[0]], index.FirstStarts[query[0] + 1], popular);
        var keys = index.ByFirst[first..end];
        var letters = index.ByFirstLetters[first..end];
        for (var at = 0; at < letters.Length; at++)
        {
            if ((letters[at] & mask) != mask)
            {
                continue;
            }

            var key = keys[at];
            var tag = index.TagOf(key);
            if (IsWanted(source, tag, MatchKind.Subsequence) && HoldsInOrder(index.Key(key), query))
            {
                Offer(source, key, tag, MatchKind.Subsequence);
            }
        }
    }

    /// <summary>
    /// The last tier: one edit away from a beginning, for what is typed on the way to a name. Looked for where the first half is right,
    /// and among popular tags also where only the first letter is.
    /// </summary>
    private void OfferPrefixTypos(SearchSource source, bool popular)
    {
        var spelling = _text.Spelling;
        if (spelling.Length < 5)
        {
            return;
        }

        var index = source.Index;
        if (!popular)
        {
            var half = spelling[..(spelling.Length / 2)];
            foreach (var key in index.Sorted[FirstAtLeast(index, half)..FirstBehind(index, half)])
            {
                OfferPrefixTypo(source, key);
            }

            return;
        }

        var mask = _text.LetterMask;
        var (first, end) = Part(index, index.ByFirst, index.FirstStarts[spelling[0]], index.FirstStarts[spelling[0] + 1], popular);
        var keys = index.ByFirst[first..end];
        var letters = index.ByFirstLetters[first..end];
        for (var at = 0; at < letters.Length; at++)
        {
            if (BitOperations.PopCount(mask & ~letters[at]) <= 1)
            {
                OfferPrefixTypo(source, keys[at]);
            }
        }
    }

    private void OfferPrefixTypo(SearchSource source, int key)
    {
        var tag = source.Index.TagOf(key);
        if (IsWanted(source, tag, MatchKind.PrefixTypo) && EditDistance.IsWithinOneOfPrefix(_text.Spelling, source.Index.Key(key)))
        {
            Offer(source, key, tag, MatchKind.PrefixTypo);
        }
    }

    /// <summary>The part of a group, which is ordered by posts, that holds the popular tags or the others.</summary>
    private static (int First, int End) Part(TagIndex index, ReadOnlySpan<int> keys, int first, int end, bool popular)
    {
        var low = first;
        var high = end;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (index.TagOf(keys[middle]) < index.Popular)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return popular ? (first, low) : (low, end);
    }

    private static bool HoldsInOrder(ReadOnlySpan<byte> spelling, ReadOnlySpan<byte> query)
    {
        var next = 0;
        foreach (var letter in spelling)
        {
            if (letter == query[next] && ++next == query.Length)
            {
                return true;
            }
        }

        return false;
    }
}
