namespace Kohaku.Generation.Tests.Graphs;

/// <summary>Holds numbers against the reference's.</summary>
internal static class Close
{
    public static void To(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var (worst, at) = (0.0, -1);
        for (var i = 0; i < expected.Length; i++)
        {
            var off = Math.Abs((double)expected[i] - actual[i]);
            if (!(off <= worst)) (worst, at) = (off, i);
            if (double.IsNaN(off)) break;
        }

        Assert.True(worst <= tolerance, $"number {at} of {expected.Length} is off by {worst:g3}: {(at < 0 ? 0 : expected[at])} expected, {(at < 0 ? 0 : actual[at])} computed");
    }
}
