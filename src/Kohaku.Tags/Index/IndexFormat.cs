using System.Runtime.InteropServices;

namespace Kohaku.Tags;

/// <summary>The parts of an index file, in the order they stand in it.</summary>
internal enum IndexSection
{
    /// <summary>One <see cref="IndexRecord"/> a tag and one to end them.</summary>
    Records,

    /// <summary>Where each key's bytes begin, and the end of the last.</summary>
    KeyStarts,

    /// <summary>The spellings, one behind the other: names, aliases, translations.</summary>
    KeyBytes,

    /// <summary>The tag of each alias and translation.</summary>
    KeyTags,

    /// <summary>The hash table of names and aliases: 24 bits key + 1, 8 bits of the hash; linear probing.</summary>
    Slots,

    /// <summary>All that each tag implies, directly (lowest bit set) or not.</summary>
    Implications,

    /// <summary>All keys by spelling.</summary>
    Sorted,

    /// <summary>Every later word of every key (key in the upper 24 bits, its offset in the lower 8), by the text that begins there.</summary>
    Words,

    /// <summary>The letters with which each key's words begin.</summary>
    WordLetters,

    /// <summary>Keys of two words and more, by their initials.</summary>
    Initials,

    /// <summary>Where each length begins in <see cref="ByLength"/>.</summary>
    LengthStarts,

    /// <summary>Names and aliases by length, then most used first.</summary>
    ByLength,

    /// <summary>The letters of each of <see cref="ByLength"/>.</summary>
    ByLengthLetters,

    /// <summary>Where each first byte begins in <see cref="ByFirst"/>.</summary>
    FirstStarts,

    /// <summary>Names and aliases by first byte, then most used first.</summary>
    ByFirst,

    /// <summary>The letters of each of <see cref="ByFirst"/>.</summary>
    ByFirstLetters,

    /// <summary>How many sections there are.</summary>
    Count,
}

/// <summary>One tag in an index file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct IndexRecord
{
    /// <summary>Posts.</summary>
    public int Posts;

    /// <summary>The key of the first alias; the next record's ends them.</summary>
    public int FirstAlias;

    /// <summary>The first implication; the next record's ends them.</summary>
    public int FirstImplication;

    /// <summary>Category.</summary>
    public TagCategory Category;

    /// <summary>Flags.</summary>
    public TagFlags Flags;

    /// <summary>Keeps the record a multiple of four bytes.</summary>
    public ushort Unused;
}

/// <summary>The head of an index file; all numbers are little-endian.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal unsafe struct IndexHeader
{
    /// <summary>The first eight bytes of every index file.</summary>
    public const ulong MagicValue = 0x58444E4947415448; // "HTAGINDX"

    /// <summary>The form described here.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The posts from which the model should know a tag; completion puts those first.</summary>
    public const int PopularPosts = 1000;

    /// <summary>Sections begin at multiples of this.</summary>
    public const int Alignment = 64;

    /// <summary><see cref="MagicValue"/>.</summary>
    public ulong Magic;

    /// <summary>A checksum of all that follows in the head.</summary>
    public ulong Checksum;

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public int Version;

    /// <summary>Number of tags.</summary>
    public int Tags;

    /// <summary>Number of aliases.</summary>
    public int Aliases;

    /// <summary>Number of translations.</summary>
    public int Translations;

    /// <summary>Number of tags with <see cref="PopularPosts"/> or more: they come first.</summary>
    public int Popular;

    /// <summary>The day of the facts as yyyymmdd, 0 where unknown.</summary>
    public int AsOf;

    /// <summary>Length of the whole file.</summary>
    public long FileLength;

    /// <summary>SHA-256 of all behind the head.</summary>
    public fixed byte Content[32];

    /// <summary>Where each section begins and how many bytes it has.</summary>
    public fixed int Sections[2 * (int)IndexSection.Count];
}
