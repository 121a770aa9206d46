using System.Runtime.InteropServices;
using Kohaku.Analysis.Configuration;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Finds <see cref="TagText"/>s by what is written, and keeps them. One thread at a time.</summary>
/// <remarks>
/// Prompts repeat their tags: one hash and one comparison answer nearly every comma field of a stream. What is kept is bounded: when
/// full, all is forgotten at once.
/// </remarks>
public sealed class TagTexts
{
    private const int MostSlots = 1 << 18;
    private const int LongestKept = 256;
    private readonly TagLookup _lookup;
    private readonly Settings _settings;
    private TagText?[] _slots = new TagText?[256];
    private uint[] _hashes = new uint[256];
    private int _count;

    /// <summary>Texts as one lookup and one configuration see them.</summary>
    public TagTexts(TagLookup lookup, Settings settings)
    {
        _lookup = lookup;
        _settings = settings;
    }

    /// <summary>What is known of a written tag.</summary>
    public TagText Get(ReadOnlySpan<char> written)
    {
        var hash = Hash(written);
        var slot = hash & ((uint)_slots.Length - 1);
        while (_slots[slot] is { } kept)
        {
            if (_hashes[slot] == hash && written.SequenceEqual(kept.Written)) return kept;
            slot = (slot + 1) & ((uint)_slots.Length - 1);
        }

        var made = TagTextFactory.Create(written, _lookup, _settings);
        if (written.Length > LongestKept) return made;
        if (_count * 2 >= _slots.Length)
        {
            MakeRoom();
            slot = hash & ((uint)_slots.Length - 1);
            while (_slots[slot] is not null) slot = (slot + 1) & ((uint)_slots.Length - 1);
        }

        _slots[slot] = made;
        _hashes[slot] = hash;
        _count++;
        return made;
    }

    private void MakeRoom()
    {
        if (_slots.Length == MostSlots)
        {
            Array.Clear(_slots);
            _count = 0;
            return;
        }

        var (slots, hashes) = (_slots, _hashes);
        _slots = new TagText?[slots.Length * 4];
        _hashes = new uint[_slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] is not { } kept) continue;
            var slot = hashes[i] & ((uint)_slots.Length - 1);
            while (_slots[slot] is not null) slot = (slot + 1) & ((uint)_slots.Length - 1);
            _slots[slot] = kept;
            _hashes[slot] = hashes[i];
        }
    }

    private static uint Hash(ReadOnlySpan<char> text)
    {
        // Eight bytes a step; the mixing is that of wyhash's final step, simplified: texts are short and nobody gains by collisions.
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)text.Length;
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words) hash = Mix(hash ^ word);
        foreach (var c in text[(words.Length * 4)..]) hash = (hash ^ c) * 0x100000001B3UL;
        hash = Mix(hash);
        return (uint)(hash >> 32) | 1;
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, 0xA0761D6478BD642FUL, out var low);
        return high ^ low;
    }
}
