using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>Makes the block of a <see cref="ClipTable"/> from the facts in <c>data/clip</c>.</summary>
internal static class ClipTableBuilder
{
    private const int Merges = ClipTable.TokenCount - ClipTable.FirstMerge - 2;

    public static byte[] Build(ReadOnlySpan<byte> merges, ReadOnlySpan<byte> unicode, ReadOnlySpan<byte> entities)
    {
        var sections = new byte[(int)ClipSection.EntityValues + 1][];
        AddMerges(Lines(merges), sections);
        UnicodeSections.Add(Lines(unicode), sections);
        AddEntities(Lines(entities), sections);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(merges);
        hash.AppendData(unicode);
        hash.AppendData(entities);
        return Assemble(sections, hash.GetHashAndReset());
    }

    internal static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("tables are made on little-endian machines");
        return MemoryMarshal.AsBytes(values).ToArray();
    }

    internal static InvalidDataException Wrong(string line) => new($"`{line}` is not what this file holds");

    internal static uint Point(string hex, string line) =>
        uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && point <= 0x10FFFF
            ? point
            : throw Wrong(line);

    private static List<string> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<string>();
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd((byte)'\r');
            if (!line.IsEmpty) lines.Add(Encoding.UTF8.GetString(line));
        }

        return lines;
    }

    private static byte[] Assemble(byte[][] sections, byte[] hash)
    {
        var length = ClipTable.HeaderLength + sections.Sum(section => Aligned(section.Length));
        var block = new byte[length];
        ClipTable.Magic.CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), ClipTable.Version);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(12), length);
        hash.CopyTo(block, ClipTable.HashOffset);

        var offset = ClipTable.HeaderLength;
        for (var i = 0; i < sections.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(ClipTable.SectionsOffset + (i * 8)), offset);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(ClipTable.SectionsOffset + (i * 8) + 4), sections[i].Length);
            sections[i].CopyTo(block, offset);
            offset += Aligned(sections[i].Length);
        }

        return block;

        static int Aligned(int value) => (value + 7) & ~7;
    }

    private static void AddMerges(List<string> lines, byte[][] sections)
    {
        if (lines.Count != Merges) throw new InvalidDataException($"{lines.Count} merges where there are {Merges}");

        // OpenAI's bytes_to_unicode: printable bytes stand for themselves, the others for U+0100 and up; ids follow that order.
        var byteTokens = new byte[256];
        var lengths = new byte[ClipTable.TokenCount];
        var ids = new Dictionary<string, int>(ClipTable.TokenCount, StringComparer.Ordinal);
        for (int value = 0, other = 0, printable = 0; value < 256; value++)
        {
            var stands = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            var id = stands ? printable++ : 188 + other;
            var symbol = ((char)(stands ? value : 256 + other++)).ToString();
            byteTokens[value] = (byte)id;
            ids.Add(symbol, id);
            ids.Add(symbol + "</w>", id + 256);
            lengths[id] = lengths[id + 256] = 1;
        }

        var slots = new ushort[1 << ClipTable.SlotBits];
        var keys = new uint[Merges];
        for (var i = 0; i < lines.Count; i++)
        {
            var id = ClipTable.FirstMerge + i;
            // Both halves have lower ids, so a merge never makes a neighbour merge earlier: ids are ranks, and work may go on in rising order.
            if (lines[i].Split(' ') is not [var left, var right] || !ids.TryGetValue(left, out var a) || !ids.TryGetValue(right, out var b)
                || !ids.TryAdd(left + right, id) || lengths[a] + lengths[b] > byte.MaxValue)
            {
                throw Wrong(lines[i]);
            }

            lengths[id] = (byte)(lengths[a] + lengths[b]);
            keys[i] = (uint)((a << 16) | b);
            Insert(slots, keys[i], (ushort)id);
        }

        sections[(int)ClipSection.Slots] = Bytes<ushort>(slots);
        sections[(int)ClipSection.Merges] = Bytes<uint>(keys);
        sections[(int)ClipSection.Lengths] = lengths;
        sections[(int)ClipSection.ByteTokens] = byteTokens;
    }

    private static void Insert(ushort[] slots, uint key, ushort id)
    {
        var slot = ClipTable.Slot(key);
        for (var probe = 0; probe < ClipTable.MaximumProbes; probe++)
        {
            if (slots[slot] == 0)
            {
                slots[slot] = id;
                return;
            }

            slot = (slot + 1) & ((1u << ClipTable.SlotBits) - 1);
        }

        throw new InvalidDataException("the merges do not fit into the hash table: ClipTable.SlotBits must grow");
    }

    private static void AddEntities(List<string> lines, byte[][] sections)
    {
        var offsets = new int[lines.Count + 1];
        var names = new StringBuilder();
        var values = new uint[lines.Count * 2];
        var sorted = lines.Select(line => (Line: line, Parts: line.Split('\t'))).OrderBy(entry => entry.Parts[0], StringComparer.Ordinal);
        var index = 0;
        foreach (var (line, parts) in sorted)
        {
            if (parts is not [var name, var text] || !Ascii.IsValid(name)) throw Wrong(line);

            var points = text.Split(' ');
            if (points.Length > 2) throw Wrong(line);

            for (var i = 0; i < points.Length; i++) values[(index * 2) + i] = Point(points[i], line);
            names.Append(name);
            offsets[++index] = names.Length;
        }

        sections[(int)ClipSection.EntityOffsets] = Bytes<int>(offsets);
        sections[(int)ClipSection.EntityNames] = Encoding.ASCII.GetBytes(names.ToString());
        sections[(int)ClipSection.EntityValues] = Bytes<uint>(values);
    }
}
