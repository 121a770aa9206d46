namespace Kohaku.Generation.Tests.Golden;

/// <summary>Equality of numbers to a tolerance.</summary>
internal static class Near
{
    public static void One(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{actual:R} is not {expected:R} to {tolerance}");

    public static void Each(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"number {i}: {actual[i]:R} is not {expected[i]:R} to {tolerance}");
    }

    /// <summary>Each to a fraction of itself.</summary>
    public static void EachRelative(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Abs(expected[i]), $"number {i}: {actual[i]:R} is not {expected[i]:R} to {tolerance} of it");
    }

    /// <summary>All to a fraction of the largest.</summary>
    public static void EachOfLargest(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance) =>
        Each(expected, actual, tolerance * expected.Max(Math.Abs));
}
