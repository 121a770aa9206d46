using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Kohaku.Analysis.Linting;

/// <summary>What a prompt's every tag needs of its text, so that the text's own object is touched only where a rule has something to say.</summary>
/// <param name="Text">All that is known.</param>
/// <param name="Identity"><see cref="TagText.Identity"/>.</param>
/// <param name="Traits"><see cref="TagText.Traits"/>.</param>
/// <param name="IsReference"><see cref="TagText.IsReference"/>.</param>
/// <param name="HasBareBrackets">Whether it is a name some of whose own brackets stand unescaped.</param>
internal readonly record struct KnownText(TagText Text, long Identity, TagTraits Traits, bool IsReference, bool HasBareBrackets)
{
    public static KnownText Of(TagText text) => new(text, text.Identity, text.Traits, text.IsReference, text.HasBareBracket && text.IsName);
}

/// <summary>Written texts and what is known of them: open addressing, the texts side by side in one array.</summary>
/// <remarks>
/// A stream asks for every tag of every prompt, and what that costs is cache lines: one for the slot, one for the characters. Texts that are
/// frequent come early, so that they lie together.
/// </remarks>
internal sealed class TextTable
{
    private Slot[] _slots = new Slot[256];
    private char[] _characters = new char[2048];
    private int _used;

    /// <summary>Number of texts.</summary>
    public int Count { get; private set; }

    /// <summary>Finds a text; a null reference if it is not there.</summary>
    public ref readonly KnownText Find(ReadOnlySpan<char> text, uint hash)
    {
        var mask = (uint)_slots.Length - 1;
        for (var at = hash & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Known.Text is null) return ref Unsafe.NullRef<KnownText>();
            if (slot.Hash == hash && slot.Length == text.Length && text.SequenceEqual(_characters.AsSpan(slot.Offset, slot.Length))) return ref slot.Known;
        }
    }

    /// <summary>Asks for the slot of a hash to be brought near.</summary>
    public unsafe void Prefetch(uint hash) => Sse.Prefetch0(Unsafe.AsPointer(ref _slots[hash & ((uint)_slots.Length - 1)]));

    /// <summary>Adds a text that is not there.</summary>
    public void Add(ReadOnlySpan<char> text, uint hash, in KnownText known)
    {
        if (Count * 2 >= _slots.Length) Grow();
        if (_used + text.Length > _characters.Length) Array.Resize(ref _characters, int.Max(_characters.Length * 2, _used + text.Length));
        text.CopyTo(_characters.AsSpan(_used));
        Place(new Slot { Hash = hash, Offset = _used, Length = text.Length, Known = known });
        _used += text.Length;
        Count++;
    }

    /// <summary>Forgets all texts and keeps the storage.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        _used = Count = 0;
    }

    /// <summary>Eight bytes a step; texts are short.</summary>
    public static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ ((ulong)text.Length << 32);
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words) hash = Mix(hash ^ word);
        var tail = 0UL;
        foreach (var c in text[(words.Length * 4)..]) tail = (tail << 16) | c;
        hash = Mix(hash ^ tail);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        value *= 0xBF58476D1CE4E5B9UL;
        return value ^ (value >> 29);
    }

    private void Place(in Slot slot)
    {
        var mask = (uint)_slots.Length - 1;
        var at = slot.Hash & mask;
        while (_slots[at].Known.Text is not null) at = (at + 1) & mask;
        _slots[at] = slot;
    }

    private void Grow()
    {
        var slots = _slots;
        _slots = new Slot[slots.Length * 4];

        // Written before it is read: a page of fresh memory that is read first is mapped twice, and the second time stops all processors.
        Array.Clear(_slots);
        foreach (ref readonly var slot in slots.AsSpan())
            if (slot.Known.Text is not null) Place(slot);
    }

    private struct Slot
    {
        public KnownText Known;
        public uint Hash;
        public int Offset;
        public int Length;
    }
}
