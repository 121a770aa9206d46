using System.Buffers;

namespace Kohaku.Tags;

public sealed partial class TagSearcher
{
    /// <summary>From so many keys on, walking them in the order of use and stopping early is quicker than walking those that match.</summary>
    private const int ManyKeys = 3000;

    private static readonly SearchValues<byte> InitialLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789"u8);

    /// <summary>For an empty query: the most used tags. They stand first in the index, so the walk ends early.</summary>
    private void OfferAll(SearchSource source)
    {
        for (var tag = 0; tag < source.Index.Count; tag++)
        {
            if (IsBehindAll(source, tag, MatchKind.Prefix))
            {
                break;
            }

            Offer(source, tag, tag, MatchKind.Prefix);
        }
    }

    /// <summary>The tiers exact and prefix: one stretch of the keys by spelling.</summary>
    private void OfferPrefixes(SearchSource source)
    {
        var index = source.Index;
        var sorted = index.Sorted;
        var spelling = _text.Spelling;
        var first = FirstAtLeast(index, spelling);
        var end = first;
        while (end < sorted.Length && index.Key(sorted[end]).Length == spelling.Length && index.Key(sorted[end]).SequenceEqual(spelling))
        {
            Offer(source, sorted[end], index.TagOf(sorted[end]), MatchKind.Exact);
            end++;
        }

        if (spelling.Length == 1 && index.TranslationCount == 0)
        {
            OfferFirstLetter(source, spelling[0]);
        }
        else
        {
            OfferStretch(source, sorted[end..FirstBehind(index, spelling)], MatchKind.Prefix);
        }
    }

    /// <summary>The tier of prefixes for one letter: thousands match, so they are walked in the order of use.</summary>
    private void OfferFirstLetter(SearchSource source, byte letter)
    {
        var index = source.Index;
        foreach (var key in index.ByFirst[index.FirstStarts[letter]..index.FirstStarts[letter + 1]])
        {
            var tag = index.TagOf(key);
            if (IsWanted(source, tag, MatchKind.Prefix))
            {
                Offer(source, key, tag, MatchKind.Prefix);
            }
            else if (IsBehindAll(source, tag, MatchKind.Prefix))
            {
                break;
            }
        }
    }

    /// <summary>Offers keys of a tier in which all match: the names first, so that a tag shows its name where that matched too.</summary>
    private void OfferStretch(SearchSource source, ReadOnlySpan<int> keys, MatchKind kind)
    {
        var names = source.Index.Count;
        var others = 0;
        foreach (var key in keys)
        {
            if (key >= names)
            {
                others++;
            }
            else if (IsWanted(source, key, kind))
            {
                Offer(source, key, key, kind);
            }
        }

        if (others == 0)
        {
            return;
        }

        var tags = source.Index.KeyTags;
        foreach (var key in keys)
        {
            if (key >= names && IsWanted(source, tags[key - names], kind))
            {
                Offer(source, key, tags[key - names], kind);
            }
        }
    }

    /// <summary>The tier of word starts, in any order: walks the keys of the rarest word and looks for the others in each.</summary>
    private void OfferWords(SearchSource source)
    {
        if (_text.WordCount == 0)
        {
            return;
        }

        var index = source.Index;
        var rarest = 0;
        var fewest = int.MaxValue;
        for (var word = 0; word < _text.WordCount && fewest > 0; word++)
        {
            var count = WordStretch(index, _text.Word(word)) is var (first, end) ? end - first : 0;
            if (_text.WordCount > 1)
            {
                count += FirstBehind(index, _text.Word(word)) - FirstAtLeast(index, _text.Word(word));
            }

            if (count < fewest)
            {
                (rarest, fewest) = (word, count);
            }
        }

        if (fewest > ManyKeys)
        {
            OfferWordsByUse(source);
        }
        else
        {
            OfferWordsOf(source, rarest);
        }
    }

    private void OfferWordsOf(SearchSource source, int word)
    {
        var index = source.Index;
        var letters = index.WordLetters;
        var (begin, stop) = WordStretch(index, _text.Word(word));
        foreach (var entry in index.Words[begin..stop])
        {
            OfferIfAllWords(source, letters, (int)(entry >> 8), (int)(entry & 0xFF), word);
        }

        if (_text.WordCount > 1)
        {
            var text = _text.Word(word);
            foreach (var key in index.Sorted[FirstAtLeast(index, text)..FirstBehind(index, text)])
            {
                OfferIfAllWords(source, letters, key, 0, word);
            }
        }
    }

    /// <summary>Where very many keys hold the words: walks all keys, the most used first, and stops where no better can come.</summary>
    private void OfferWordsByUse(SearchSource source)
    {
        var index = source.Index;
        var letters = index.WordLetters;
        var wanted = _text.WordLetters;
        var tags = index.KeyTags;
        var names = index.Count;
        Span<int> taken = stackalloc int[QueryText.MostWords];
        for (var key = 0; key < letters.Length; key++)
        {
            var tag = key < names ? key : tags[key - names];
            if ((key & 0xFF) == 0 && IsBehindAll(source, tag, MatchKind.Words))
            {
                // Names, aliases and translations are each in the order of their tags: on to the next kind.
                key = (key < names ? names : key < index.NamesAndAliases ? index.NamesAndAliases : letters.Length) - 1;
                continue;
            }

            if ((letters[key] & wanted) == wanted && IsWanted(source, tag, MatchKind.Words) && HasWords(index.Key(key), taken, 0, -1))
            {
                Offer(source, key, tag, MatchKind.Words);
            }
        }
    }

    /// <summary>Whether no tag from this one on can be among the best.</summary>
    private bool IsBehindAll(SearchSource source, int tag, MatchKind kind)
    {
        var posts = source.Record(tag).Posts;
        return !_anyPresent && _top.IsFull
            && !_top.Takes(TopHits.Order(Rank(kind, posts), _artistsLead, (long)posts * MostBoost, 0));
    }

    private void OfferIfAllWords(SearchSource source, ReadOnlySpan<uint> letters, int key, int offset, int word)
    {
        if ((letters[key] & _text.WordLetters) != _text.WordLetters)
        {
            return;
        }

        var tag = source.Index.TagOf(key);
        if (!IsWanted(source, tag, MatchKind.Words))
        {
            return;
        }

        Span<int> taken = stackalloc int[QueryText.MostWords];
        taken[0] = offset;
        if (_text.WordCount == 1 || HasWords(source.Index.Key(key), taken, 1, word))
        {
            Offer(source, key, tag, MatchKind.Words);
        }
    }

    /// <summary>Whether each word of the query but one begins a word of its own in a spelling.</summary>
    private bool HasWords(ReadOnlySpan<byte> spelling, Span<int> taken, int count, int but)
    {
        for (var word = 0; word < _text.WordCount; word++)
        {
            if (word == but)
            {
                continue;
            }

            var found = IndexOfWord(spelling, _text.Word(word), taken[..count]);
            if (found < 0)
            {
                return false;
            }

            taken[count++] = found;
        }

        return true;
    }

    private static int IndexOfWord(ReadOnlySpan<byte> spelling, ReadOnlySpan<byte> word, ReadOnlySpan<int> taken)
    {
        for (var from = 0; ;)
        {
            var found = spelling[from..].IndexOf(word);
            if (found < 0)
            {
                return -1;
            }

            found += from;
            if (TagText.IsWordStart(spelling, found) && !taken.Contains(found))
            {
                return found;
            }

            from = found + 1;
        }
    }

    /// <summary>The tier of initials: one stretch of the keys by initials. A query with a separator means words, not initials.</summary>
    private void OfferInitials(SearchSource source)
    {
        var query = _text.Spelling;
        if (query.Length is < 2 or > IndexInitials.Most || !_text.IsAscii || query.ContainsAnyExcept(InitialLetters))
        {
            return;
        }

        var index = source.Index;
        var order = index.InitialsOrder;
        var low = 0;
        var high = order.Length;
        Span<byte> initials = stackalloc byte[IndexInitials.Most];
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var count = IndexInitials.Of(index.Key(order[middle]), initials);
            if (initials[..count].SequenceCompareTo(query) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var end = low;
        while (end < order.Length && initials[..IndexInitials.Of(index.Key(order[end]), initials)].StartsWith(query))
        {
            end++;
        }

        OfferStretch(source, order[low..end], MatchKind.Initials);
    }

    private static int FirstAtLeast(TagIndex index, ReadOnlySpan<byte> spelling)
    {
        var sorted = index.Sorted;
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (index.Key(sorted[middle]).SequenceCompareTo(spelling) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static int FirstBehind(TagIndex index, ReadOnlySpan<byte> prefix)
    {
        var sorted = index.Sorted;
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsUpTo(index.Key(sorted[middle]), prefix))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The stretch of later words that begin with a text.</summary>
    private static (int First, int End) WordStretch(TagIndex index, ReadOnlySpan<byte> prefix)
    {
        var words = index.Words;
        var low = 0;
        var high = words.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (WordAt(index, words[middle]).SequenceCompareTo(prefix) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var first = low;
        high = words.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (IsUpTo(WordAt(index, words[middle]), prefix))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (first, low);
    }

    private static ReadOnlySpan<byte> WordAt(TagIndex index, uint entry) => index.Key((int)(entry >> 8))[(int)(entry & 0xFF)..];

    private static bool IsUpTo(ReadOnlySpan<byte> spelling, ReadOnlySpan<byte> prefix) =>
        spelling.StartsWith(prefix) || spelling.SequenceCompareTo(prefix) < 0;
}
