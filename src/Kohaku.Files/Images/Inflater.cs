using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Kohaku.Files;

/// <summary>Unpacks zlib data that may be hostile.</summary>
internal static class Inflater
{
    private const int SumLength = 4;

    /// <summary>The unpacked bytes; null with an error where they would be more than the limit or are damaged.</summary>
    public static byte[]? Unpack(ReadOnlySpan<byte> packed, int limit, out string? error)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(limit, Math.Max(4096, packed.Length * 4)));
        try
        {
            using var source = new MemoryStream(packed.ToArray());
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            for (var length = 0; ;)
            {
                if (length == buffer.Length) Grow(ref buffer, limit);

                var read = inflater.Read(buffer, length, buffer.Length - length);
                length += read;
                if (length > limit)
                {
                    error = $"unpacks to more than {limit >> 20} MB; remove it from the image";
                    return null;
                }

                if (read > 0) continue;

                // The stream says nothing of an end that came too soon; only the sum at the end tells.
                var isWhole = packed.Length >= SumLength && BinaryPrimitives.ReadUInt32BigEndian(packed[^SumLength..]) == Adler32(buffer.AsSpan(0, length));
                error = isWhole ? null : "is cut short inside its packed text; save the image again";
                return isWhole ? buffer.AsSpan(0, length).ToArray() : null;
            }
        }
        catch (InvalidDataException)
        {
            error = "can not be unpacked; save the image again";
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // RFC 1950, section 9; the sums are divided before they can leave 32 bits.
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Base = 65521;
        const int LongestRun = 5552;
        var (low, high) = (1u, 0u);
        while (!bytes.IsEmpty)
        {
            var run = bytes[..Math.Min(LongestRun, bytes.Length)];
            foreach (var value in run)
            {
                low += value;
                high += low;
            }

            (low, high) = (low % Base, high % Base);
            bytes = bytes[run.Length..];
        }

        return (high << 16) | low;
    }

    private static void Grow(ref byte[] buffer, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
