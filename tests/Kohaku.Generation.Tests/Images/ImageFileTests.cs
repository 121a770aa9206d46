using System.Buffers.Binary;
using System.IO.Compression;
using Kohaku.Files;
using Kohaku.Generation.Images;
using Kohaku.Generation.Models;
using SkiaSharp;

namespace Kohaku.Generation.Tests.Images;

public sealed class ImageFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kohaku-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Jpeg, 6)]
    [InlineData(SKEncodedImageFormat.Webp, 8)]
    public void The_usual_formats_are_read(SKEncodedImageFormat format, int tolerance)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(24, 16, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(200, 100, 50));
        using var data = bitmap.Encode(format, 95);
        var path = Write("a", data.ToArray());

        var image = ImageFile.Read(path);

        Assert.Equal((24, 16), (image.Width, image.Height));
        Assert.Equal((24, 16), ImageFile.SizeOf(path));
        Assert.InRange(image.Pixels[0], 200 - tolerance, 200 + tolerance);
        Assert.InRange(image.Pixels[1], 100 - tolerance, 100 + tolerance);
        Assert.InRange(image.Pixels[2], 50 - tolerance, 50 + tolerance);
    }

    [Fact]
    public void A_bitmap_is_read()
    {
        // 2×2 in 24 bits, the lowest row first, blue before red, rows filled up to four bytes.
        byte[] bytes = [.. "BM"u8, .. Number(70), .. Number(0), .. Number(54), .. Number(40), .. Number(2), .. Number(2), 1, 0, 24, 0, .. new byte[24], 3, 2, 1, 6, 5, 4, 0, 0, 9, 8, 7, 12, 11, 10, 0, 0];

        Assert.Equal([7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6], ImageFile.Read(Write("a.bmp", bytes)).Pixels);
    }

    [Fact]
    public void What_is_transparent_lies_over_white()
    {
        var path = Write("a.png", Png(3, 1, 8, 6, [0, 10, 20, 30, 255, 10, 20, 30, 0, 10, 20, 30, 128]));

        Assert.Equal([10, 20, 30, 255, 255, 255, 132, 137, 142], ImageFile.Read(path).Pixels);
    }

    [Fact]
    public void Sixteen_bits_are_cut_to_eight()
    {
        var path = Write("a.png", Png(2, 1, 16, 2, [0, 0x12, 0x34, 0x80, 0, 0xFF, 0xFF, 0, 0, 0x40, 0x10, 0xC0, 0x20]));

        Assert.Equal([0x12, 0x80, 0xFF, 0, 0x40, 0xC0], ImageFile.Read(path).Pixels);
    }

    [Fact]
    public void Grey_and_palettes_are_read()
    {
        Assert.Equal([7, 7, 7, 200, 200, 200], ImageFile.Read(Write("grey.png", Png(2, 1, 8, 0, [0, 7, 200]))).Pixels);
        Assert.Equal([4, 5, 6, 1, 2, 3], ImageFile.Read(Write("palette.png", Png(2, 1, 8, 3, [0, 1, 0], [1, 2, 3, 4, 5, 6]))).Pixels);
    }

    [Fact]
    public void An_image_is_turned_as_its_camera_says()
    {
        // Exif behind a JPEG's first marker: little end first, one entry, 0x0112 = 6: the first row is the right side.
        using var bitmap = new SKBitmap(new SKImageInfo(32, 16, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.White);
        using (var canvas = new SKCanvas(bitmap)) canvas.DrawRect(0, 0, 16, 16, new SKPaint { Color = SKColors.Black });
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 100);
        byte[] exif = [.. "Exif\0\0II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        var path = Write("a.jpg", [.. data.ToArray()[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. data.ToArray()[2..]]);
        var image = ImageFile.Read(path);

        Assert.Equal((16, 32), ImageFile.SizeOf(path));
        Assert.Equal((16, 32), (image.Width, image.Height));
        Assert.Equal((0, 255), (image.Pixels[0], image.Pixels[^1]));
    }

    [Fact]
    public void A_file_that_is_no_image_is_one_clear_error()
    {
        var error = Assert.Throws<ModelException>(() => ImageFile.Read(Write("a.png", "This is text, whatever its name says it is."u8.ToArray())));
        Assert.EndsWith("a.png: the file is no image that can be read", error.Message, StringComparison.Ordinal);

        Assert.EndsWith("b.png: the file is no image that can be read", Assert.Throws<ModelException>(() => ImageFile.Read(Write("b.png", "text"u8.ToArray()))).Message, StringComparison.Ordinal);
        Assert.EndsWith("a.png: the file is cut short", Assert.Throws<ModelException>(() =>
            ImageFile.Read(Write("a.png", Png(40, 40, 8, 2, new byte[40 * 121])[..70]))).Message, StringComparison.Ordinal);
        Assert.EndsWith("missing.png: no such image", Assert.Throws<ModelException>(() => ImageFile.Read(Path.Combine(_folder, "missing.png"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_go_to_planes_and_back()
    {
        var image = new RgbImage(16, 16, [.. Enumerable.Range(0, 768).Select(i => (byte)i)]);
        var planes = image.ToPlanes();

        Assert.Equal((-1f, 1f), (planes.Min(), planes.Max()));
        Assert.Equal(3 / 127.5f - 1, planes[1]);
        Assert.Equal(image.Pixels, RgbImage.FromPlanes(planes, 16, 16).Pixels);
    }

    [Fact]
    public void What_is_no_colour_is_brought_back_into_range() =>
        Assert.Equal([255, 0, 0, 128, 64, 191], RgbImage.FromPlanes([9, 0, -9, -0.5f, float.NaN, 0.5f], 2, 1).Pixels);

    [Fact]
    public void A_preview_has_a_pixel_for_each_of_the_latents()
    {
        var preview = LatentPreview.Of([0, 1, 0, 0, 0, 0, 0, 0], 1, 2);

        // ½ + bias/2, then (bias + first row of the factors)/2 more.
        Assert.Equal([141, 125, 127, 188, 179, 183], preview.Pixels);
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        using var file = new FileStream(path, FileMode.Create);
        file.Write(bytes);
        return path;
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Png(int width, int height, byte depth, byte colour, byte[] rows, byte[]? palette = null)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(rows);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, colour);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. palette is null ? [] : Chunk("PLTE", palette), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc32.Of(body));
        return [.. length, .. body, .. sum];
    }
}
