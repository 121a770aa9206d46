using Kohaku.Generation.Models;
using Kohaku.Tags;
using SkiaSharp;

namespace Kohaku.Generation.Images;

/// <summary>Reads images that generation begins from: PNG, JPEG, WebP, BMP.</summary>
/// <remarks>As A1111 sees them: turned as the camera says, colour profiles passed over, 16 bits cut to 8, what is transparent laid over white.</remarks>
public static class ImageFile
{
    private const int LargestSide = 16384;

    /// <summary>The sizes of an image as it will be read, without reading its pixels.</summary>
    /// <exception cref="ModelException">There is no such file, or it is no image.</exception>
    public static (int Width, int Height) SizeOf(string path)
    {
        using var codec = Open(path);
        return IsOnItsSide(codec.EncodedOrigin) ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Reads an image.</summary>
    /// <exception cref="ModelException">There is no such file, it is no image, or it is damaged.</exception>
    public static RgbImage Read(string path)
    {
        using var codec = Open(path);

        // Without a colour space Skia converts none.
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        var bytes = new byte[info.BytesSize];
        unsafe
        {
            fixed (byte* start = bytes)
            {
                var result = codec.GetPixels(info, (nint)start);
                if (result != SKCodecResult.Success) throw Broken(path, result == SKCodecResult.IncompleteInput ? "is cut short" : "is damaged");
            }
        }

        return Turned(Flattened(bytes, info.Width, info.Height), codec.EncodedOrigin);
    }

    private static SKCodec Open(string path)
    {
        byte[] content;
        try
        {
            RegularFile.Require(path);
            content = File.ReadAllBytes(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var missing = refused is FileNotFoundException or DirectoryNotFoundException;
            throw new ModelException(missing ? $"{path}: no such image" : $"{path}: {refused.Message}", missing ? "Check the path behind --init" : null, refused);
        }

        SKCodec? codec;
        SKCodecResult result;
        using (var data = SKData.CreateCopy(content)) codec = Create(data, out result);
        if (codec is null) throw Broken(path, result == SKCodecResult.IncompleteInput && BeginsAsImage(content) ? "is cut short" : "is no image that can be read");
        if (codec.Info.Width <= LargestSide && codec.Info.Height <= LargestSide) return codec;

        using (codec) throw Broken(path, $"has a side above {LargestSide} pixels");
    }

    // Skia calls whatever is shorter than its longest signature incomplete.
    private static bool BeginsAsImage(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) || content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
        || content.StartsWith("RIFF"u8) || content.StartsWith("BM"u8);

    private static SKCodec? Create(SKData data, out SKCodecResult result)
    {
        using var stream = new SKMemoryStream(data);
        return SKCodec.Create(stream, out result);
    }

    private static ModelException Broken(string path, string what) => new($"{path}: the file {what}", "Give a PNG, JPEG, WebP or BMP file");

    // A1111's flatten: Pillow's paste of the image over white, with itself as the mask, in its arithmetic.
    private static RgbImage Flattened(byte[] rgba, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var i = 0; i < width * height; i++)
        {
            int alpha = rgba[4 * i + 3];
            for (var channel = 0; channel < 3; channel++)
            {
                var mixed = rgba[4 * i + channel] * alpha + 255 * (255 - alpha) + 128;
                pixels[3 * i + channel] = (byte)(((mixed >> 8) + mixed) >> 8);
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static bool IsOnItsSide(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    private static RgbImage Turned(RgbImage image, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft) return image;

        var isOnItsSide = IsOnItsSide(origin);
        var (width, height) = isOnItsSide ? (image.Height, image.Width) : (image.Width, image.Height);
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = isOnItsSide ? (y, x) : (x, y);
                if (origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom) fromX = image.Width - 1 - fromX;
                if (origin is SKEncodedOrigin.BottomLeft or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightBottom or SKEncodedOrigin.RightTop) fromY = image.Height - 1 - fromY;
                image.Pixels.AsSpan((fromY * image.Width + fromX) * 3, 3).CopyTo(pixels.AsSpan((y * width + x) * 3));
            }
        }

        return new RgbImage(width, height, pixels);
    }
}
