using System.Buffers;
using System.IO.Compression;

namespace Kohaku.Files;

/// <summary>Unpacks zlib data that may be hostile.</summary>
internal static class Inflater
{
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
                error = null;
                return buffer.AsSpan(0, length).ToArray();
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

    private static void Grow(ref byte[] buffer, int limit)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, limit + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
