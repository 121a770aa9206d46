namespace Kohaku.Tags;

/// <summary>The orders in which an index lists its keys, one for each way of searching.</summary>
internal sealed class IndexOrders(KeyList keys, List<int> keyTags, int tags, int namesAndAliases)
{
    /// <summary>Lengths from this on share one group.</summary>
    public const int LongestLength = 255;

    /// <summary>The hash table of names and aliases, three fifths full.</summary>
    public uint[] Slots()
    {
        var slots = new uint[Math.Max(16, (namesAndAliases * 5 / 3) + 1)];
        for (var key = 0; key < namesAndAliases; key++)
        {
            var hash = TagText.Hash(keys[key]);
            var slot = (int)(((hash >> 32) * (ulong)slots.Length) >> 32);
            while (slots[slot] != 0)
            {
                slot = slot + 1 == slots.Length ? 0 : slot + 1;
            }

            slots[slot] = ((uint)(key + 1) << 8) | (byte)hash;
        }

        return slots;
    }

    /// <summary>All keys by spelling.</summary>
    public int[] Sorted()
    {
        var order = new int[keys.Count];
        for (var key = 0; key < order.Length; key++)
        {
            order[key] = key;
        }

        Array.Sort(order, (a, b) => keys[a].SequenceCompareTo(keys[b]) is var difference and not 0 ? difference : a.CompareTo(b));
        return order;
    }

    /// <summary>All words but the first of every key, by the text that begins there.</summary>
    public uint[] Words()
    {
        var words = new List<uint>(keys.Count * 2);
        for (var key = 0; key < keys.Count; key++)
        {
            var spelling = keys[key];
            for (var offset = 1; offset < Math.Min(spelling.Length, 256); offset++)
            {
                if (TagText.IsWordStart(spelling, offset))
                {
                    words.Add(((uint)key << 8) | (uint)offset);
                }
            }
        }

        words.Sort((a, b) => keys[(int)(a >> 8)][(int)(a & 0xFF)..].SequenceCompareTo(keys[(int)(b >> 8)][(int)(b & 0xFF)..]) is var difference and not 0
            ? difference : a.CompareTo(b));
        return words.ToArray();
    }

    /// <summary>Names and aliases of two words and more, by their initials.</summary>
    public int[] Initials()
    {
        var order = new List<int>(namesAndAliases);
        Span<byte> initials = stackalloc byte[IndexInitials.Most];
        for (var key = 0; key < namesAndAliases; key++)
        {
            if (IndexInitials.Of(keys[key], initials) > 1)
            {
                order.Add(key);
            }
        }

        order.Sort((a, b) =>
        {
            Span<byte> first = stackalloc byte[IndexInitials.Most];
            Span<byte> second = stackalloc byte[IndexInitials.Most];
            var firstLength = IndexInitials.Of(keys[a], first);
            var secondLength = IndexInitials.Of(keys[b], second);
            return first[..firstLength].SequenceCompareTo(second[..secondLength]) is var difference and not 0 ? difference : a.CompareTo(b);
        });
        return order.ToArray();
    }

    /// <summary>Writes the names and aliases by length and by first byte, most used first in each group.</summary>
    public void AddGroups(IndexWriter writer)
    {
        var order = new int[namesAndAliases];
        for (var key = 0; key < order.Length; key++)
        {
            order[key] = key;
        }

        // By tag, names before aliases: both groupings below keep this order inside each group.
        Array.Sort(order, (a, b) => TagOf(a) != TagOf(b) ? TagOf(a).CompareTo(TagOf(b)) : a.CompareTo(b));
        AddGroup(writer, order, key => Math.Min(keys[key].Length, LongestLength), IndexSection.LengthStarts);
        AddGroup(writer, order, key => keys[key][0], IndexSection.FirstStarts);
    }

    private void AddGroup(IndexWriter writer, int[] order, Func<int, int> group, IndexSection starts)
    {
        var begin = new int[257];
        foreach (var key in order)
        {
            begin[group(key) + 1]++;
        }

        for (var i = 1; i < begin.Length; i++)
        {
            begin[i] += begin[i - 1];
        }

        var grouped = new int[order.Length];
        var letters = new uint[order.Length];
        var next = begin.ToArray();
        foreach (var key in order)
        {
            var place = next[group(key)]++;
            grouped[place] = key;
            letters[place] = TagText.Letters(keys[key]);
        }

        writer.Add(starts, begin);
        writer.Add(starts + 1, grouped);
        writer.Add(starts + 2, letters);
    }

    private int TagOf(int key) => key < tags ? key : keyTags[key - tags];
}
