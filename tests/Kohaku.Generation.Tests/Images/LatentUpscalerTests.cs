using Kohaku.Generation.Images;

namespace Kohaku.Generation.Tests.Images;

/// <summary>Against the examples of torch's <c>Upsample</c> and of ONNX's <c>Resize</c>, which say the same of half-pixel centres.</summary>
public sealed class LatentUpscalerTests
{
    private static readonly float[] Counting = [.. Enumerable.Range(1, 16).Select(i => (float)i)];

    [Theory]
    [InlineData("Latent")]
    [InlineData("Latent (antialiased)")]
    public void Linear_is_torchs(string name)
    {
        float[] expected = [1, 1.25f, 1.75f, 2, 1.5f, 1.75f, 2.25f, 2.5f, 2.5f, 2.75f, 3.25f, 3.5f, 3, 3.25f, 3.75f, 4];

        AssertClose(expected, Of(name).Resize([1, 2, 3, 4], 2, 2, 4, 4));
    }

    [Fact]
    public void Cubic_is_torchs()
    {
        float[] firstRow = [0.47265625f, 0.76953125f, 1.24609375f, 1.875f, 2.28125f, 2.91015625f, 3.38671875f, 3.68359375f];
        float[] lastRow = [13.31640625f, 13.61328125f, 14.08984375f, 14.71875f, 15.125f, 15.75390625f, 16.23046875f, 16.52734375f];
        var resized = Of("Latent (bicubic)").Resize(Counting, 4, 4, 8, 8);

        AssertClose(firstRow, resized[..8]);
        AssertClose(lastRow, resized[^8..]);
    }

    [Fact]
    public void Nearest_and_exact_nearest_differ_by_half_a_pixel()
    {
        float[] row = [0, 1, 2, 3, 4];

        Assert.Equal([0, 1, 3], Of("Latent (nearest)").Resize(row, 1, 5, 1, 3));
        Assert.Equal([0, 2, 4], Of("Latent (nearest-exact)").Resize(row, 1, 5, 1, 3));
    }

    // torch's antialiasing is Pillow's arithmetic in floats.
    [Theory]
    [InlineData("Latent (antialiased)", "Bilinear", 8, 3)]
    [InlineData("Latent (antialiased)", "Bilinear", 5, 12)]
    [InlineData("Latent (bicubic antialiased)", "Bicubic", 12, 5)]
    [InlineData("Latent (bicubic antialiased)", "Bicubic", 6, 13)]
    public void Antialiased_is_Pillows_filter_without_its_rounding(string name, string pillow, int from, int to)
    {
        var pixels = new byte[from * from * 3];
        for (var i = 0; i < from * from; i++) pixels.AsSpan(3 * i, 3).Fill((byte)(60 + (i * 37 + i / from * 11) % 130));
        var image = new RgbImage(from, from, pixels);
        Assert.True(ResamplingFilter.TryParse(pillow, out var filter));
        var expected = Resampler.Resize(image, to, to, filter);

        var values = Of(name).Resize([.. Enumerable.Range(0, from * from).Select(i => (float)pixels[3 * i])], from, from, to, to);

        Assert.All(Enumerable.Range(0, to * to), i => Assert.InRange(values[i], expected.Pixels[3 * i] - 1.01f, expected.Pixels[3 * i] + 1.01f));
    }

    [Fact]
    public void Channels_do_not_mix()
    {
        var resized = Of("Latent").Resize([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4], 2, 2, 3, 5);

        Assert.Equal([.. Enumerable.Range(0, 60).Select(i => (float)(1 + i / 15))], resized.Select(value => MathF.Round(value, 5)));
    }

    [Fact]
    public void A_name_is_found_in_any_case()
    {
        Assert.True(LatentUpscaler.TryParse("latent", out var upscaler));
        Assert.Equal("Latent", upscaler.Name);
        Assert.False(LatentUpscaler.TryParse("Lanczos", out _));
    }

    private static LatentUpscaler Of(string name) => LatentUpscaler.All.Single(upscaler => upscaler.Name == name);

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], actual[i], 1e-5f));
    }
}
