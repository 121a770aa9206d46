using System.Buffers.Binary;

namespace Kohaku.Tags;

/// <summary>The orders in which an index lists its keys, one for each way of searching.</summary>
internal sealed class IndexOrders(KeyList keys, List<int> keyTags, int tags, int namesAndAliases)
{
    private delegate ReadOnlySpan<byte> TextOf(uint entry);

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
        var entries = new (ulong Begin, uint Entry)[keys.Count];
        for (var key = 0; key < entries.Length; key++)
        {
            entries[key] = (Begin(keys[key]), (uint)key);
        }

        return Array.ConvertAll(Sort(entries, entry => keys[(int)entry]), static entry => (int)entry);
    }

    /// <summary>All words but the first of every key, by the text that begins there.</summary>
    public uint[] Words()
    {
        var words = new List<(ulong Begin, uint Entry)>(keys.Count * 2);
        for (var key = 0; key < keys.Count; key++)
        {
            var spelling = keys[key];
            for (var offset = 1; offset < Math.Min(spelling.Length, 256); offset++)
            {
                if (TagText.IsWordStart(spelling, offset))
                {
                    words.Add((Begin(spelling[offset..]), ((uint)key << 8) | (uint)offset));
                }
            }
        }

        return Sort(words.ToArray(), entry => keys[(int)(entry >> 8)][(int)(entry & 0xFF)..]);
    }

    /// <summary>The letters with which each key's words begin.</summary>
    public uint[] WordLetters()
    {
        var letters = new uint[keys.Count];
        for (var key = 0; key < letters.Length; key++)
        {
            letters[key] = TagText.WordLetters(keys[key]);
        }

        return letters;
    }

    /// <summary>Names and aliases of two words and more, by their initials.</summary>
    public int[] Initials()
    {
        var entries = new List<(ulong Begin, uint Entry)>(namesAndAliases);
        var all = new byte[namesAndAliases * IndexInitials.Most];
        var lengths = new byte[namesAndAliases];
        for (var key = 0; key < namesAndAliases; key++)
        {
            var initials = all.AsSpan(key * IndexInitials.Most, IndexInitials.Most);
            lengths[key] = (byte)IndexInitials.Of(keys[key], initials);
            if (lengths[key] > 1)
            {
                entries.Add((Begin(initials[..lengths[key]]), (uint)key));
            }
        }

        var sorted = Sort(entries.ToArray(), entry => all.AsSpan((int)entry * IndexInitials.Most, lengths[entry]));
        return Array.ConvertAll(sorted, static entry => (int)entry);
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
        var byTag = new long[order.Length];
        for (var key = 0; key < order.Length; key++)
        {
            byTag[key] = ((long)TagOf(key) << 32) | (uint)key;
        }

        Array.Sort(byTag, order);
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
        var letters = new ulong[order.Length];
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

    /// <summary>Sorts entries by their texts, then by number. The texts' first eight bytes decide most comparisons without looking the text up.</summary>
    private static uint[] Sort((ulong Begin, uint Entry)[] entries, TextOf text)
    {
        Array.Sort(entries, (a, b) =>
        {
            if (a.Begin != b.Begin)
            {
                return a.Begin.CompareTo(b.Begin);
            }

            var difference = text(a.Entry).SequenceCompareTo(text(b.Entry));
            return difference != 0 ? difference : a.Entry.CompareTo(b.Entry);
        });
        return Array.ConvertAll(entries, static entry => entry.Entry);
    }

    private static ulong Begin(ReadOnlySpan<byte> text)
    {
        Span<byte> first = stackalloc byte[8];
        first.Clear();
        text[..Math.Min(8, text.Length)].CopyTo(first);
        return BinaryPrimitives.ReadUInt64BigEndian(first);
    }

    private int TagOf(int key) => key < tags ? key : keyTags[key - tags];
}
