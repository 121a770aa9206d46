using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Kohaku.Tags;

/// <summary>
/// All tags in one prebuilt file, mapped into memory: nothing is decoded or copied when it is opened, and reading is safe from any number of threads.
/// </summary>
/// <remarks>
/// The mapping lives until <see cref="Dispose"/>, which the owner calls only when nobody reads any more; an index that is merely let go stays mapped
/// until the process ends, so that no reader is ever left over unmapped memory.
/// </remarks>
public sealed unsafe partial class TagIndex : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte[]? _array;
    private readonly byte* _mapped;
    private readonly string _source;
    private readonly int _tags;
    private readonly int _namesAndAliases;

    private TagIndex(byte[] content, string source)
    {
        _array = content;
        _source = source;
        CheckHead(content.Length);
        _tags = Header.Tags;
        _namesAndAliases = _tags + Header.Aliases;
    }

    private TagIndex(MemoryMappedFile file, MemoryMappedViewAccessor view, byte* mapped, long length, string stamp, string source)
    {
        Stamp = stamp;
        _file = file;
        _view = view;
        _mapped = mapped;
        _source = source;
        CheckHead(length);
        _tags = Header.Tags;
        _namesAndAliases = _tags + Header.Aliases;
    }

    /// <summary>Number of tags.</summary>
    public int Count => _tags;

    /// <summary>Number of aliases.</summary>
    public int AliasCount => Header.Aliases;

    /// <summary>Number of translations.</summary>
    public int TranslationCount => Header.Translations;

    /// <summary>The day of the facts as <c>yyyymmdd</c>; 0 where unknown.</summary>
    public int AsOf => Header.AsOf;

    /// <summary>Length of the file in bytes.</summary>
    public long FileLength => Header.FileLength;

    /// <summary>SHA-256 of the content in lower-case hexadecimal digits: the same facts give the same.</summary>
    public string ContentHash
    {
        get
        {
            fixed (byte* hash = Header.Content)
            {
                return Convert.ToHexStringLower(new ReadOnlySpan<byte>(hash, 32));
            }
        }
    }

    /// <summary>What the file looked like when it was mapped (<see cref="StorePointer.StampOf"/>); empty for one in memory.</summary>
    internal string Stamp { get; } = "";

    internal ref readonly IndexHeader Header => ref Unsafe.As<byte, IndexHeader>(ref Base);

    private ref byte Base
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _array is null ? ref *_mapped : ref MemoryMarshal.GetArrayDataReference(_array);
    }

    /// <summary>Maps an index file. Only its head is read.</summary>
    /// <exception cref="TagDataException">The file is missing, no index, of another version, or cut off.</exception>
    public static TagIndex Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        MemoryMappedFile? file = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            RegularFile.Require(path);
            long length;
            string stamp;
            using (var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete))
            {
                length = RandomAccess.GetLength(handle);
                stamp = StorePointer.StampOf(length, File.GetLastWriteTimeUtc(handle));
                if (length < sizeof(IndexHeader))
                {
                    throw Damaged(path, "it is cut off");
                }

                file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
                view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            }

            byte* mapped = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref mapped);
            return new TagIndex(file, view, mapped + view.PointerOffset, length, stamp, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            view?.Dispose();
            file?.Dispose();
            throw new TagDataException($"{path}: the tag index cannot be read: {Refusal.Of(error)}", error);
        }
        catch
        {
            view?.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <summary>An index that lies in memory.</summary>
    /// <exception cref="TagDataException">The bytes are no index, of another version, or cut off.</exception>
    public static TagIndex FromBytes(byte[] content, string source = "memory")
    {
        ArgumentNullException.ThrowIfNull(content);
        return content.Length < sizeof(IndexHeader) ? throw Damaged(source, "it is cut off") : new TagIndex(content, source);
    }

    /// <summary>Finds the tag that a text names: blanks and underscores are equal, as are upper and lower case of ASCII; runs of blanks count once.</summary>
    /// <returns>Whether the text is a tag's name or alias. Translations are not found: the model does not know them.</returns>
    [SkipLocalsInit]
    public bool TryFind(ReadOnlySpan<char> text, out TagMatch match)
    {
        Span<byte> spelling = stackalloc byte[TagText.MaxBytes];
        var length = TagText.Normalise(text, spelling);
        if (length <= 0)
        {
            match = default;
            return false;
        }

        return TryFindChecked(spelling[..length], TagText.Hash(spelling[..length]), out match);
    }

    /// <summary>Finds a spelling's tag; a damaged index is said to be so.</summary>
    internal bool TryFindChecked(ReadOnlySpan<byte> spelling, ulong hash, out TagMatch match)
    {
        try
        {
            return TryFind(spelling, hash, out match);
        }
        catch (Exception error) when (IsOutside(error))
        {
            throw Damaged();
        }
    }

    /// <summary>Reads the whole file and compares it with the checksum in its head.</summary>
    /// <exception cref="TagDataException">A byte has changed.</exception>
    public void Verify()
    {
        fixed (byte* start = &Base)
        {
            var body = new ReadOnlySpan<byte>(start + sizeof(IndexHeader), checked((int)(Header.FileLength - sizeof(IndexHeader))));
            Span<byte> hash = stackalloc byte[32];
            SHA256.HashData(body, hash);
            fixed (byte* expected = Header.Content)
            {
                if (!hash.SequenceEqual(new ReadOnlySpan<byte>(expected, 32)))
                {
                    throw Damaged(_source, "its content does not match its checksum");
                }
            }
        }
    }

    /// <summary>As <see cref="Verify()"/>, reading the file anew: its mapping takes no more memory for that.</summary>
    /// <exception cref="TagDataException">A byte has changed, or the file cannot be read.</exception>
    public void VerifyFile()
    {
        try
        {
            using var file = new FileStream(_source, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            file.Position = sizeof(IndexHeader);
            var hash = Convert.ToHexStringLower(SHA256.HashData(file));
            if (hash != ContentHash)
            {
                throw Damaged(_source, "its content does not match its checksum");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TagDataException($"{_source}: the tag index cannot be read: {Refusal.Of(error)}", error);
        }
    }

    /// <summary>Unmaps the file. Nobody may read from this index, or from anything it gave out, after that.</summary>
    public void Dispose()
    {
        if (_view is not null && !_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }
    }

    /// <summary>What a changed number in the body leads to: every access is checked, so none reads foreign memory.</summary>
    internal static bool IsOutside(Exception error) => error is IndexOutOfRangeException or ArgumentOutOfRangeException;

    /// <summary>The error that says so.</summary>
    internal TagDataException Damaged() => Damaged(_source, "a number in it points outside");

    private static TagDataException Damaged(string source, string how) =>
        new($"{source}: the tag index is damaged: {how}");

    private void CheckHead(long length)
    {
        ref readonly var header = ref Header;
        if (header.Magic != IndexHeader.MagicValue)
        {
            throw Damaged(_source, "it does not begin as one");
        }

        if (header.Version != IndexHeader.CurrentVersion)
        {
            throw new TagDataException(
                $"{_source}: the tag index has version {header.Version}, this program reads version {IndexHeader.CurrentVersion}");
        }

        if (header.Checksum != HeadChecksum(in header))
        {
            throw Damaged(_source, "its head does not match its checksum");
        }

        if (header.FileLength != length)
        {
            throw Damaged(_source, $"it has {length} bytes of {header.FileLength}");
        }
    }

    internal static ulong HeadChecksum(in IndexHeader header) =>
        TagText.Hash(MemoryMarshal.AsBytes(new ReadOnlySpan<IndexHeader>(in header))[16..]);
}
