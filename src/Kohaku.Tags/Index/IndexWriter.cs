using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kohaku.Tags;

/// <summary>Lays the sections of an index file one behind the other and writes its head.</summary>
internal sealed unsafe class IndexWriter
{
    private readonly ArrayBufferWriter<byte> _file = new(1 << 16);
    private IndexHeader _header;

    /// <summary>Begins a file.</summary>
    public IndexWriter(int tags, int aliases, int translations, int popular, int asOf)
    {
        _header.Magic = IndexHeader.MagicValue;
        _header.Version = IndexHeader.CurrentVersion;
        _header.Tags = tags;
        _header.Aliases = aliases;
        _header.Translations = translations;
        _header.Popular = popular;
        _header.AsOf = asOf;
        Append(new byte[sizeof(IndexHeader)]);
    }

    /// <summary>Adds a section.</summary>
    public void Add<T>(IndexSection section, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values);
        _header.Sections[2 * (int)section] = _file.WrittenCount;
        _header.Sections[(2 * (int)section) + 1] = bytes.Length;
        Append(bytes);
    }

    /// <inheritdoc cref="Add{T}(IndexSection, ReadOnlySpan{T})"/>
    public void Add<T>(IndexSection section, T[] values)
        where T : unmanaged => Add(section, (ReadOnlySpan<T>)values);

    /// <summary>The whole file.</summary>
    public byte[] Finish()
    {
        _header.FileLength = _file.WrittenCount;
        var file = _file.WrittenSpan.ToArray();
        fixed (byte* hash = _header.Content)
        {
            SHA256.HashData(file.AsSpan(sizeof(IndexHeader)), new Span<byte>(hash, 32));
        }

        _header.Checksum = TagIndex.HeadChecksum(in _header);
        MemoryMarshal.Write(file, in _header);
        return file;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        var rest = -_file.WrittenCount & (IndexHeader.Alignment - 1);
        _file.GetSpan(IndexHeader.Alignment)[..rest].Clear();
        _file.Advance(rest);
    }
}
