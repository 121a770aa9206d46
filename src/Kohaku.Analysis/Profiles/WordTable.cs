using System.Runtime.InteropServices;

namespace Kohaku.Analysis.Profiles;

/// <summary>One word that a profile has something to say about.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal readonly struct WordEntry
{
    public ushort Start { get; init; }

    public ushort Length { get; init; }

    public ushort ReplacementStart { get; init; }

    public ushort ReplacementLength { get; init; }

    public SpecialKind Kind { get; init; }

    public byte Index { get; init; }

    public WordUse Use { get; init; }

    /// <summary>Keeps the size even, so that entries stand side by side in the file.</summary>
    public byte Reserved { get; init; }
}

/// <summary>What an entry of the word table says of its word.</summary>
internal enum WordUse : byte
{
    /// <summary>It is one of the profile's words.</summary>
    Special,

    /// <summary>It means the same as one of them.</summary>
    CertainSynonym,

    /// <summary>It may mean one of them.</summary>
    LikelySynonym,
}

/// <summary>Finds words without regard to case, and with <c>_</c>, <c>-</c> and runs of blanks as one blank.</summary>
/// <remarks>Open addressing over a power of two, at most half full; slot values are entry indices plus one.</remarks>
internal sealed class WordTable
{
    /// <summary>No word is longer.</summary>
    public const int LongestWord = 48;

    private readonly byte[] file;
    private readonly Range slots;
    private readonly Range entries;
    private readonly string pool;
    private readonly uint mask;

    public WordTable(byte[] file, Range slots, Range entries, string pool)
    {
        this.file = file;
        this.slots = slots;
        this.entries = entries;
        this.pool = pool;
        mask = (uint)(file.AsSpan(slots).Length / sizeof(ushort)) - 1;
    }

    /// <summary>The word's entry, or null.</summary>
    public WordEntry? Find(ReadOnlySpan<char> word)
    {
        Span<char> folded = stackalloc char[LongestWord];
        var length = Fold(word, folded);
        if (length <= 0) return null;

        folded = folded[..length];
        var table = MemoryMarshal.Cast<byte, ushort>(file.AsSpan(slots));
        var all = MemoryMarshal.Cast<byte, WordEntry>(file.AsSpan(entries));
        for (var slot = Hash(folded) & mask; table[(int)slot] != 0; slot = (slot + 1) & mask)
        {
            ref readonly var entry = ref all[table[(int)slot] - 1];
            if (pool.AsSpan(entry.Start, entry.Length).SequenceEqual(folded)) return entry;
        }

        return null;
    }

    /// <summary>What a fix writes for this entry.</summary>
    public string Replacement(WordEntry entry) => pool.Substring(entry.ReplacementStart, entry.ReplacementLength);

    /// <summary>Writes the form in which words are compared; returns its length, or -1 where the word is too long.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> target)
    {
        var length = 0;
        foreach (var c in word)
        {
            var isBlank = c is ' ' or '_' or '-' or '\t';
            if (isBlank && (length == 0 || target[length - 1] == ' ')) continue;
            if (length == target.Length) return -1;
            target[length++] = isBlank ? ' ' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        return length > 0 && target[length - 1] == ' ' ? length - 1 : length;
    }

    /// <summary>FNV-1a over UTF-16 units.</summary>
    public static uint Hash(ReadOnlySpan<char> folded)
    {
        var hash = 2166136261u;
        foreach (var c in folded) hash = (hash ^ c) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
