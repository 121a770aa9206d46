using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kohaku.Syntax.Tokens;

/// <summary>CLIP's vocabulary as one block of memory that is used where it lies: a mapped file, or an array in a test.</summary>
/// <remarks>
/// Little endian. A header of 192 bytes (magic, version, length, content hash, and offset and length of each section), then the sections,
/// each beginning at a multiple of 8. Nothing is read when a table opens but the header, so opening costs microseconds; every look-up table lies ready in the block.
/// Read-only and safe to share between threads.
/// </remarks>
public sealed unsafe class ClipTable : IDisposable
{
    /// <summary>The version of the layout. A block of another version is refused.</summary>
    public const int Version = 1;

    /// <summary>How many tokens there are, the two special ones included.</summary>
    public const int TokenCount = 49408;

    internal const int HeaderLength = 192;
    internal const int HashLength = 32;
    internal const int HashOffset = 16;
    internal const int SectionsOffset = HashOffset + HashLength;
    internal const int SlotBits = 17;
    internal const int MaximumProbes = 64;
    internal const int FirstMerge = 512;

    internal static ReadOnlySpan<byte> Magic => "KHKCLIP\0"u8;

    private readonly byte* _start;
    private readonly int _length;
    private readonly ushort* _slots;
    private readonly uint* _merges;
    private readonly byte* _lengths;
    private readonly byte* _byteTokens;
    private MemoryHandle _pin;

    /// <summary>Opens a block that stays where it is for the table's life: pinned, or a view of a mapped file given as memory.</summary>
    /// <param name="block">What <see cref="Build"/> made.</param>
    /// <exception cref="InvalidDataException">The block is no table, of another version, or cut short.</exception>
    public ClipTable(ReadOnlyMemory<byte> block)
        : this(Pin(block, out var pin), block.Length)
    {
        _pin = pin;
    }

    /// <summary>Opens a block by its address, such as the view pointer of a mapped file. The caller keeps it valid for the table's life.</summary>
    /// <param name="start">The first byte, aligned to 8.</param>
    /// <param name="length">Bytes in the block; more than the table's own length is fine (views end at a page).</param>
    /// <exception cref="InvalidDataException">The block is no table, of another version, or cut short.</exception>
    public ClipTable(byte* start, long length)
    {
        ArgumentNullException.ThrowIfNull(start);
        var header = new ReadOnlySpan<byte>(start, (int)long.Min(length, HeaderLength));
        if (header.Length < HeaderLength || !header.StartsWith(Magic)) throw new InvalidDataException("this is no CLIP table");

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != Version) throw new InvalidDataException($"this CLIP table is of version {version}, this program reads version {Version}");

        _start = start;
        _length = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (_length < HeaderLength || _length > length) throw new InvalidDataException("this CLIP table is cut short");

        _slots = (ushort*)Section(header, ClipSection.Slots, (1 << SlotBits) * sizeof(ushort));
        _merges = (uint*)Section(header, ClipSection.Merges, (TokenCount - FirstMerge - 2) * sizeof(uint));
        _lengths = Section(header, ClipSection.Lengths, TokenCount);
        _byteTokens = Section(header, ClipSection.ByteTokens, 256);
        for (var section = ClipSection.TraitBlocks; section <= ClipSection.EntityValues; section++) Section(header, section, 0);
    }

    /// <summary>SHA-256 over the facts that the table was made from: equal hash, equal tokens.</summary>
    public ReadOnlySpan<byte> ContentHash => new(_start + HashOffset, HashLength);

    /// <summary>Makes a table from the facts in <c>data/clip</c>.</summary>
    /// <param name="merges">The text of <c>merges.txt</c>, UTF-8.</param>
    /// <param name="unicode">The text of <c>unicode.tsv</c>, UTF-8.</param>
    /// <param name="entities">The text of <c>entities.tsv</c>, UTF-8.</param>
    /// <exception cref="InvalidDataException">A line is not what these files hold; the message names it.</exception>
    public static byte[] Build(ReadOnlySpan<byte> merges, ReadOnlySpan<byte> unicode, ReadOnlySpan<byte> entities) =>
        ClipTableBuilder.Build(merges, unicode, entities);

    /// <summary>The number of UTF-8 bytes that a token stands for.</summary>
    /// <param name="token">A token id below <see cref="TokenCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public int ByteLength(int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)TokenCount, nameof(token));
        return _lengths[token];
    }

    /// <summary>Lets go of the block. No tokenizer over the table may be used afterwards.</summary>
    public void Dispose() => _pin.Dispose();

    /// <summary>The token of one byte inside a word; 256 more is the same byte at a word's end.</summary>
    internal int ByteToken(byte value) => _byteTokens[value];

    /// <summary>What two neighbours merge into, or 0 where they do not. A lower id merges first: the ids are the ranks.</summary>
    internal int Merged(int left, int right)
    {
        var key = (uint)((left << 16) | right);
        var slot = Slot(key);
        // A damaged block may hold any id and no free slot: neither may lead out of the block or keep us here.
        for (var probe = 0; probe < MaximumProbes; probe++)
        {
            var token = _slots[slot];
            if (token == 0) return 0;

            var merge = (uint)(token - FirstMerge);
            if (merge < TokenCount - FirstMerge - 2 && _merges[merge] == key) return token;

            slot = (slot + 1) & ((1u << SlotBits) - 1);
        }

        return 0;
    }

    internal static uint Slot(uint key) => (key * 0x9E3779B1u) >> (32 - SlotBits);

    internal ReadOnlySpan<T> Span<T>(ClipSection section)
        where T : unmanaged
    {
        var entry = new ReadOnlySpan<byte>(_start + SectionsOffset + ((int)section * 8), 8);
        var offset = BinaryPrimitives.ReadInt32LittleEndian(entry);
        var length = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        return MemoryMarshal.Cast<byte, T>(new ReadOnlySpan<byte>(_start + offset, length));
    }

    private static byte* Pin(ReadOnlyMemory<byte> block, out MemoryHandle pin)
    {
        pin = block.Pin();
        return (byte*)pin.Pointer;
    }

    private byte* Section(ReadOnlySpan<byte> header, ClipSection section, int expected)
    {
        var entry = header[(SectionsOffset + ((int)section * 8))..];
        var offset = BinaryPrimitives.ReadInt32LittleEndian(entry);
        var length = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
        var inside = offset >= HeaderLength && offset % 8 == 0 && length >= 0 && offset <= _length - length;
        if (!inside || (expected > 0 && length != expected)) throw new InvalidDataException("this CLIP table is damaged");

        return _start + offset;
    }
}
