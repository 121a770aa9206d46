namespace Kohaku.Generation.Schedules;

/// <summary>k-diffusion's table as A1111 makes it: ᾱ rounded to fp32, then everything in fp32.</summary>
internal sealed class InterpolatedTable : NoiseTable
{
    public InterpolatedTable()
        : this(Levels(RoundedAlphaProducts()))
    {
    }

    private InterpolatedTable(float[] sigmas)
        : base(sigmas, LogsOf(sigmas))
    {
    }

    public override float TimeOf(float sigma)
    {
        var log = (float)Math.Log(sigma);
        var logs = Logs;
        var low = 0;
        for (var high = logs.Length; high - low > 1;)
        {
            var middle = (low + high) / 2;
            if (log >= logs[middle]) low = middle;
            else high = middle;
        }

        low = Math.Min(low, logs.Length - 2);
        var part = Math.Clamp((logs[low] - log) / (logs[low] - logs[low + 1]), 0, 1);
        return ((1 - part) * low) + (part * (low + 1));
    }

    internal static float[] RoundedAlphaProducts() => Array.ConvertAll(AlphaProducts(), product => (float)product);

    internal static float[] Levels(float[] products) => Array.ConvertAll(products, product => MathF.Sqrt((1 - product) / product));
}
