using System.Globalization;
using Kohaku.Generation.Images;

namespace Kohaku.Generation.Tests.Images;

/// <summary>Against the values of Pillow's own tests (Tests/test_image_resample.py).</summary>
public sealed class ResamplerTests
{
    [Theory]
    [InlineData("Box", 8, 4, "e1 e1 e1 e1")]
    [InlineData("Bilinear", 8, 4, "e1 c9 c9 b7")]
    [InlineData("Hamming", 8, 4, "e1 da da d3")]
    [InlineData("Bicubic", 12, 6, "e1 e3 d4 e3 e5 d6 d4 d6 c9")]
    [InlineData("Lanczos", 16, 8, "e1 e0 e4 d7 e0 df e3 d6 e4 e3 e7 da d7 d6 d9 ce")]
    [InlineData("Box", 2, 4, "e1 e1 e1 e1")]
    [InlineData("Bilinear", 2, 4, "e1 b0 b0 98")]
    [InlineData("Hamming", 2, 4, "e1 d2 d2 c5")]
    [InlineData("Bicubic", 4, 8, "e1 e5 ee b9 e5 e9 f3 bc ee f3 fd c1 b9 bc c1 a2")]
    [InlineData("Lanczos", 6, 12, "e1 e0 db ed f5 b8 e0 df da ec f3 b7 db db d6 e7 ee b5 ed ec e6 fb ff bf f5 f4 ee ff ff c4 b8 b7 b4 bf c4 a0")]
    public void Four_squares_become_what_Pillow_makes_of_them(string name, int from, int to, string topLeft)
    {
        Assert.True(ResamplingFilter.TryParse(name, out var filter));
        var resized = Resampler.Resize(Squares(from), to, to, filter);

        var expected = topLeft.Split(' ').Select(hex => byte.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        var half = to / 2;
        for (var y = 0; y < half; y++)
        {
            for (var x = 0; x < half; x++)
            {
                var value = expected[y * half + x];
                Assert.Equal([value, value, value], PixelOf(resized, x, y));
                Assert.Equal(value, PixelOf(resized, to - 1 - x, to - 1 - y)[0]);
                Assert.Equal(255 - value, PixelOf(resized, x, to - 1 - y)[0]);
            }
        }
    }

    [Fact]
    public void One_colour_stays_one_colour()
    {
        var image = new RgbImage(512, 9, [.. Enumerable.Repeat<byte[]>([0, 64, 255], 512 * 9).SelectMany(pixel => pixel)]);
        foreach (var filter in ResamplingFilter.All)
        {
            var resized = Resampler.Resize(image, 9, 512, filter);
            Assert.Equal((9, 512), (resized.Width, resized.Height));
            Assert.All(Enumerable.Range(0, 9 * 512), i => Assert.Equal([0, 64, 255], resized.Pixels[(3 * i)..(3 * i + 3)]));
        }
    }

    [Fact]
    public void Nearest_takes_the_pixel_whose_area_holds_the_middle()
    {
        var image = new RgbImage(5, 1, [.. Enumerable.Range(0, 15).Select(i => (byte)(i / 3))]);

        Assert.Equal([0, 2, 4], Reds(Resampler.Resize(image, 3, 1, ResamplingFilter.Nearest)));
        Assert.Equal([0, 0, 1, 2, 2, 3, 4, 4], Reds(Resampler.Resize(image, 8, 1, ResamplingFilter.Nearest)));
    }

    [Fact]
    public void The_same_size_is_the_same_image() => Assert.Same(Sample, Resampler.Resize(Sample, 4, 4, ResamplingFilter.Lanczos));

    private static RgbImage Sample { get; } = Squares(4);

    private static byte[] Reds(RgbImage image) => [.. Enumerable.Range(0, image.Width).Select(x => image.Pixels[3 * x])];

    private static byte[] PixelOf(RgbImage image, int x, int y) => image.Pixels[((y * image.Width + x) * 3)..((y * image.Width + x) * 3 + 3)];

    private static RgbImage Squares(int size)
    {
        var pixels = new byte[size * size * 3];
        for (var i = 0; i < size * size; i++)
        {
            var isBright = i % size < size / 2 == i / size < size / 2;
            pixels.AsSpan(3 * i, 3).Fill(isBright ? (byte)0xE1 : (byte)(255 - 0xE1));
        }

        return new RgbImage(size, size, pixels);
    }
}
