namespace Kohaku.Generation.Schedules;

/// <summary>torch's <c>linspace</c>.</summary>
internal static class Linspace
{
    /// <summary>Equally spaced numbers in fp32, both ends among them, to the last bit: from the nearer end, with one rounding.</summary>
    public static float[] Of(float first, float last, int count)
    {
        var values = new float[count];
        var step = count > 1 ? (last - first) / (count - 1) : 0;
        for (var i = 0; i < count; i++)
        {
            values[i] = i < count / 2 || count == 1
                ? MathF.FusedMultiplyAdd(step, i, first)
                : MathF.FusedMultiplyAdd(-step, count - 1 - i, last);
        }

        return values;
    }
}
