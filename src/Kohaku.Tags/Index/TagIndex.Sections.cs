using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Kohaku.Tags;

public sealed unsafe partial class TagIndex
{
    internal ReadOnlySpan<IndexRecord> Records => Section<IndexRecord>(IndexSection.Records);

    internal ReadOnlySpan<int> KeyStarts => Section<int>(IndexSection.KeyStarts);

    internal ReadOnlySpan<byte> KeyBytes => Section<byte>(IndexSection.KeyBytes);

    internal ReadOnlySpan<int> KeyTags => Section<int>(IndexSection.KeyTags);

    internal ReadOnlySpan<uint> Slots => Section<uint>(IndexSection.Slots);

    internal ReadOnlySpan<int> ImplicationList => Section<int>(IndexSection.Implications);

    internal ReadOnlySpan<int> Sorted => Section<int>(IndexSection.Sorted);

    internal ReadOnlySpan<uint> Words => Section<uint>(IndexSection.Words);

    internal ReadOnlySpan<uint> WordLetters => Section<uint>(IndexSection.WordLetters);

    internal ReadOnlySpan<int> InitialsOrder => Section<int>(IndexSection.Initials);

    internal ReadOnlySpan<int> LengthStarts => Section<int>(IndexSection.LengthStarts);

    internal ReadOnlySpan<int> ByLength => Section<int>(IndexSection.ByLength);

    internal ReadOnlySpan<ulong> ByLengthLetters => Section<ulong>(IndexSection.ByLengthLetters);

    internal ReadOnlySpan<int> FirstStarts => Section<int>(IndexSection.FirstStarts);

    internal ReadOnlySpan<int> ByFirst => Section<int>(IndexSection.ByFirst);

    internal ReadOnlySpan<ulong> ByFirstLetters => Section<ulong>(IndexSection.ByFirstLetters);

    /// <summary>Number of tags with 1000 posts or more: the first ones.</summary>
    internal int Popular => Header.Popular;

    /// <summary>The key behind the last alias: translations follow.</summary>
    internal int NamesAndAliases => _namesAndAliases;

    /// <summary>The tag a key stands for.</summary>
    internal int TagOf(int key) => key < _tags ? key : KeyTags[key - _tags];

    /// <summary>A key's spelling.</summary>
    internal ReadOnlySpan<byte> Key(int key)
    {
        var starts = KeyStarts.Slice(key, 2);
        return KeyBytes[starts[0]..starts[1]];
    }

    internal string KeyString(int key) => Encoding.UTF8.GetString(Key(key));

    internal bool TryFind(ReadOnlySpan<byte> spelling, ulong hash, out TagMatch match)
    {
        var slots = Slots;
        var starts = KeyStarts;
        var bytes = KeyBytes;
        var mark = (uint)(byte)hash;
        var slot = (int)(((hash >> 32) * (ulong)slots.Length) >> 32);
        for (var probes = 0; probes < slots.Length; probes++)
        {
            var value = slots[slot];
            if (value == 0)
            {
                break;
            }

            if ((value & 0xFF) == mark)
            {
                var key = (int)(value >> 8) - 1;
                if (spelling.SequenceEqual(bytes[starts[key]..starts[key + 1]]))
                {
                    match = new TagMatch(new TagId(TagOf(key)), key >= _tags);
                    return true;
                }
            }

            slot = slot + 1 == slots.Length ? 0 : slot + 1;
        }

        match = default;
        return false;
    }

    /// <summary>All that a tag implies; the lowest bit says whether directly, the rest is the tag.</summary>
    internal ReadOnlySpan<int> ImplicationsOf(int tag)
    {
        var records = Records.Slice(tag, 2);
        return ImplicationList[records[0].FirstImplication..records[1].FirstImplication];
    }

    internal bool Implies(int tag, int other)
    {
        foreach (var implied in ImplicationsOf(tag))
        {
            if (implied >> 1 == other)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The keys of a tag's translations.</summary>
    internal Range TranslationsOf(int tag)
    {
        var tags = KeyTags[(_namesAndAliases - _tags)..];
        var first = LowerBound(tags, tag);
        var end = first;
        while (end < tags.Length && tags[end] == tag)
        {
            end++;
        }

        return (first + _namesAndAliases)..(end + _namesAndAliases);
    }

    internal List<string> AliasesOf(int tag)
    {
        var records = Records.Slice(tag, 2);
        return Texts(records[0].FirstAlias..records[1].FirstAlias);
    }

    internal List<string> TranslationTexts(int tag) => Texts(TranslationsOf(tag));

    private List<string> Texts(Range keys)
    {
        List<string> texts = [];
        for (var key = keys.Start.Value; key < keys.End.Value; key++)
        {
            texts.Add(KeyString(key));
        }

        return texts;
    }

    private static int LowerBound(ReadOnlySpan<int> sorted, int value)
    {
        var low = 0;
        var high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<T> Section<T>(IndexSection section)
        where T : unmanaged
    {
        // The head's checksum holds these two numbers, so they need no check of their own.
        ref readonly var header = ref Header;
        var offset = header.Sections[2 * (int)section];
        var length = header.Sections[(2 * (int)section) + 1];
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref Base, offset)), length / sizeof(T));
    }
}
