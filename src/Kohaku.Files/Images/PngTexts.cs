using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Kohaku.Files;

/// <summary>A text that an image carries.</summary>
/// <param name="Keyword">What it is: <c>parameters</c> (A1111), <c>prompt</c> and <c>workflow</c> (ComfyUI).</param>
/// <param name="Text">Decoded and decompressed.</param>
public sealed record PngText(string Keyword, string Text);

/// <summary>Reads the texts of a PNG image and nothing else of it: pixels are passed over unread.</summary>
/// <remarks>Of a hostile image no more than <see cref="LargestText"/> a chunk comes into memory, whatever it claims to be or to unpack to.</remarks>
public static class PngTexts
{
    /// <summary>The keyword of A1111's infotext.</summary>
    public const string ParametersKeyword = "parameters";

    /// <summary>The keyword of the <c>.prompt</c> source that kohaku keeps in its images.</summary>
    public const string SourceKeyword = "kohaku";

    /// <summary>The most bytes of one text, packed or unpacked.</summary>
    public const int LargestText = 16 << 20;

    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The texts in the order of the file: tEXt, zTXt and iTXt.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out IReadOnlyList<PngText>? texts, [NotNullWhen(false)] out FileProblem? problem)
    {
        texts = null;
        try
        {
            NativeFile.RequireRegular(path);
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var found = new List<PngText>();
            var error = Walk(file, found);
            problem = error is null ? null : new FileProblem(path, error);
            texts = error is null ? found : null;
            return error is null;
        }
        catch (Exception refused) when (FileProblem.IsExpected(refused))
        {
            problem = FileProblem.From(refused, path);
            return false;
        }
    }

    private static string? Walk(SafeFileHandle file, List<PngText> found)
    {
        Span<byte> head = stackalloc byte[8];
        var length = RandomAccess.GetLength(file);
        if (Fill(file, head, 0) < head.Length || !head.SequenceEqual(Signature)) return "not a PNG image; its first bytes are not those of one";

        for (long at = Signature.Length; ;)
        {
            if (Fill(file, head, at) < head.Length) return $"the image ends at byte {length} without an end chunk: it is cut short; copy it again";

            var size = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = head[4..];
            if (!IsChunkType(type)) return $"no chunk begins at byte {at}: the image is damaged; copy it again";
            if (at + ChunkFrame + size > length) return $"the {Name(type)} chunk at byte {at} claims {size} bytes, the file ends at byte {length}: it is cut short; copy it again";
            if (type.SequenceEqual("IEND"u8)) return null;
            if (type.SequenceEqual("tEXt"u8) || type.SequenceEqual("zTXt"u8) || type.SequenceEqual("iTXt"u8))
            {
                if (size > LargestText) return $"the {Name(type)} chunk at byte {at} holds {size} bytes of text, more than {LargestText >> 20} MB; remove it from the image";
                if (ReadText(file, at, (int)size, found) is { } error) return $"the {Name(type)} chunk at byte {at} {error}";
            }

            at += ChunkFrame + size;
        }
    }

    private static string? ReadText(SafeFileHandle file, long at, int size, List<PngText> found)
    {
        // Type, data and checksum; the sum covers the first two.
        var buffer = ArrayPool<byte>.Shared.Rent(size + 8);
        try
        {
            var chunk = buffer.AsSpan(0, size + 8);
            if (Fill(file, chunk, at + 4) < chunk.Length) return "ends too soon; copy the image again";
            if (Crc32.Of(chunk[..(size + 4)]) != BinaryPrimitives.ReadUInt32BigEndian(chunk[(size + 4)..])) return "is damaged (its checksum is wrong); copy the image again";

            var data = chunk.Slice(4, size);
            var end = data.IndexOf((byte)0);
            if (end < 0) return "has no keyword; save the image again";

            var keyword = Encoding.Latin1.GetString(data[..end]);
            var (text, error) = Decode(chunk[..4], data[(end + 1)..]);
            if (text is not null) found.Add(new PngText(keyword, text));
            return error;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (string? Text, string? Error) Decode(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        // Latin-1 by the book, but many programs write UTF-8; what is valid UTF-8 beyond ASCII is never sensible Latin-1.
        if (type.SequenceEqual("tEXt"u8)) return (Latin(data), null);
        if (type.SequenceEqual("zTXt"u8))
        {
            if (data.IsEmpty || data[0] != 0) return (null, "is packed in a way that PNG does not know; save the image again");
            return Unpack(data[1..], static bytes => Latin(bytes));
        }

        if (data.Length < 2) return (null, "ends too soon; save the image again");
        var isPacked = data[0] != 0;
        var rest = data[2..];
        for (var skipped = 0; skipped < 2; skipped++)
        {
            var end = rest.IndexOf((byte)0);
            if (end < 0) return (null, "ends too soon; save the image again");
            rest = rest[(end + 1)..];
        }

        return isPacked ? Unpack(rest, Utf8) : Utf8(rest) is { } text ? (text, null) : (null, NoUtf8);
    }

    private const string NoUtf8 = "is not text (invalid UTF-8); save the image again";

    private static (string? Text, string? Error) Unpack(ReadOnlySpan<byte> packed, Func<byte[], string?> decode)
    {
        var bytes = Inflater.Unpack(packed, LargestText, out var error);
        if (bytes is null) return (null, error);
        return decode(bytes) is { } text ? (text, null) : (null, NoUtf8);
    }

    private static string? Utf8(byte[] bytes) => Utf8(bytes.AsSpan());

    private static string? Utf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;

    private static string Latin(ReadOnlySpan<byte> bytes) => Utf8(bytes) ?? Encoding.Latin1.GetString(bytes);

    private static bool IsChunkType(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter)) return false;
        }

        return true;
    }

    private static string Name(ReadOnlySpan<byte> type) => Encoding.ASCII.GetString(type);

    private static int Fill(SafeFileHandle file, Span<byte> target, long at)
    {
        var filled = 0;
        while (filled < target.Length)
        {
            var read = RandomAccess.Read(file, target[filled..], at + filled);
            if (read == 0) break;
            filled += read;
        }

        return filled;
    }
}
