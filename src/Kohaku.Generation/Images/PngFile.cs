using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;
using Kohaku.Files;
using Kohaku.Jobs;

namespace Kohaku.Generation.Images;

/// <summary>Writes images as PNG with texts: eight bits, three channels, each row under the filter that leaves the least.</summary>
public static class PngFile
{
    private const int BytesPerPixel = 3;

    /// <summary>Writes a file that must not be there yet: whole or not at all.</summary>
    /// <returns>Null when done.</returns>
    public static FileProblem? Write(string path, RgbImage image, IReadOnlyList<PngText> texts) => AtomicFile.Create(path, Encode(image, texts));

    /// <summary>Writes a finished image with what makes it again to a file that must not be there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="image">The image.</param>
    /// <param name="request">What it was made of.</param>
    /// <returns>Null when done.</returns>
    public static FileProblem? Write(string path, GeneratedImage image, GenerationRequest request)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(request);
        var texts = new List<PngText> { new(PngTexts.ParametersKeyword, image.Parameters) };
        if (request.Source is not null) texts.Add(new PngText(PngTexts.SourceKeyword, request.Source));
        return Write(path, new RgbImage(image.Width, image.Height, image.Pixels), texts);
    }

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="image">The image.</param>
    /// <param name="texts">Written before the pixels, where readers look first; keywords are ASCII.</param>
    public static byte[] Encode(RgbImage image, IReadOnlyList<PngText> texts)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(texts);
        using var file = new MemoryStream(image.Pixels.Length / 2 + 1024);
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        WriteHeader(file, image);
        foreach (var text in texts) WriteText(file, text);
        WritePixels(file, image);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteHeader(MemoryStream file, RgbImage image)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);

        // Eight bits of each of red, green and blue; deflate, the five filters, no interlacing.
        header[8] = 8;
        header[9] = 2;
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);
    }

    // As Pillow's add_text, which A1111 uses: tEXt where Latin-1 has every character, else iTXt. Latin-1 that happens to be UTF-8 as well goes
    // into iTXt too, for readers that take such bytes for UTF-8 would read another text.
    private static void WriteText(MemoryStream file, PngText text)
    {
        if (text.Text.AsSpan().IndexOfAnyInRange('\u0100', '\uFFFF') < 0)
        {
            var bytes = Encoding.Latin1.GetBytes(text.Text);
            if (Ascii.IsValid(bytes) || !Utf8.IsValid(bytes))
            {
                WriteChunk(file, "tEXt"u8, [.. Encoding.ASCII.GetBytes(text.Keyword), 0, .. bytes]);
                return;
            }
        }

        // Not compressed, no language, no translated keyword.
        WriteChunk(file, "iTXt"u8, [.. Encoding.ASCII.GetBytes(text.Keyword), 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text.Text)]);
    }

    private static void WritePixels(MemoryStream file, RgbImage image)
    {
        using var packed = new MemoryStream(image.Pixels.Length / 2 + 64);
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = image.Width * BytesPerPixel;
            var above = new byte[stride];
            byte[][] tries = [new byte[stride], new byte[stride], new byte[stride], new byte[stride], new byte[stride]];
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Pixels.AsSpan(y * stride, stride);
                var best = Filter(row, above, tries);
                deflate.WriteByte((byte)best);
                deflate.Write(tries[best]);
                row.CopyTo(above);
            }
        }

        WriteChunk(file, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
    }

    // The PNG specification, 12.8: of the five filters the one with the least sum of absolute differences.
    private static int Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, byte[][] tries)
    {
        Span<long> sums = stackalloc long[5];
        for (var i = 0; i < row.Length; i++)
        {
            var value = row[i];
            var left = i < BytesPerPixel ? 0 : row[i - BytesPerPixel];
            var corner = i < BytesPerPixel ? 0 : above[i - BytesPerPixel];
            Set(0, value);
            Set(1, value - left);
            Set(2, value - above[i]);
            Set(3, value - (left + above[i]) / 2);
            Set(4, value - Paeth(left, above[i], corner));

            void Set(int filter, int difference) => tries[filter][i] = (byte)difference;
        }

        for (var filter = 0; filter < sums.Length; filter++)
        {
            foreach (var value in tries[filter]) sums[filter] += Math.Abs((int)(sbyte)value);
        }

        var best = 0;
        for (var filter = 1; filter < sums.Length; filter++)
        {
            if (sums[filter] < sums[best]) best = filter;
        }

        return best;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - 2 * corner));
        if (toLeft <= toAbove && toLeft <= toCorner) return left;
        return toAbove <= toCorner ? above : corner;
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        var start = (int)file.Length;
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(file.GetBuffer().AsSpan(start, type.Length + data.Length)));
        file.Write(number);
    }
}
