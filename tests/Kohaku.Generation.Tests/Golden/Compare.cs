using Kohaku.Generation.Images;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>Holds numbers against the reference's.</summary>
internal static class Compare
{
    /// <summary>No number is off by more than the tolerance.</summary>
    public static void Absolute(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (worst, at) = (0.0, 0);
        for (var i = 0; i < expected.Length && !double.IsNaN(worst); i++)
        {
            var off = Math.Abs((double)expected[i] - actual[i]);
            if (!(off <= worst)) (worst, at) = (off, i);
        }

        Assert.True(worst <= tolerance, $"{what}: number {at} is {(at < actual.Length ? actual[at] : 0):R}, not {(at < actual.Length ? expected[at] : 0):R}; off by {worst:E2}, and {tolerance:E2} is allowed");
    }

    /// <summary>No number is off by more than the tolerance times the reference's standard deviation.</summary>
    public static void OfDeviation(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what) =>
        Absolute(expected, actual, tolerance * Deviation(expected), what);

    /// <summary>No channel of a pixel is off by more than the first tolerance, and the mean error is below the second.</summary>
    public static void Pixels(RgbImage expected, RgbImage actual, int most, double mean, string what)
    {
        Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
        var errors = expected.Pixels.Zip(actual.Pixels, (one, other) => Math.Abs(one - other)).ToList();
        Assert.True(errors.Max() <= most && errors.Average() < mean, $"{what}: a pixel is off by {errors.Max()}, the mean by {errors.Average():F4}; {most} and {mean} are allowed");
    }

    private static double Deviation(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
            squares += (double)value * value;
        }

        var mean = sum / values.Length;
        return Math.Sqrt((squares / values.Length) - (mean * mean));
    }
}
