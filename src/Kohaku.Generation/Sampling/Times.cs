using Kohaku.Generation.Schedules;

namespace Kohaku.Generation.Sampling;

/// <summary>Times of A1111's DDIM and UniPC (<c>modules/sd_samplers_timesteps.py</c>).</summary>
internal static class Times
{
    // ᾱ rounded to fp32, as A1111 keeps it.
    private static readonly float[] Products = InterpolatedTable.RoundedAlphaProducts();

    /// <summary>Times of a number of steps, rising: often one more than steps.</summary>
    public static int[] Of(int steps)
    {
        var stride = Math.Max(NoiseTable.Times / steps, 1);
        var times = new int[((NoiseTable.Times - 1) / stride) + 1];
        for (var i = 0; i < times.Length; i++) times[i] = Math.Min((i * stride) + 1, NoiseTable.Times - 1);
        return times;
    }

    /// <summary>The place at a time.</summary>
    public static TimedPoint At(int time) => new(time, Math.Sqrt(Products[time]), Math.Sqrt(1 - (double)Products[time]));

    /// <summary>The place at a continuous time of 0.001 to 1, log ᾱ interpolated between times (DPM-Solver, <c>NoiseScheduleVP</c>).</summary>
    public static TimedPoint At(float time)
    {
        var index = Math.Clamp(((double)time * NoiseTable.Times) - 1, 0, NoiseTable.Times - 1);
        var low = Math.Min((int)index, NoiseTable.Times - 2);
        var (first, second) = (Math.Log(Products[low]), Math.Log(Products[low + 1]));
        var log = first + ((index - low) * (second - first));
        return new TimedPoint((time - (1f / NoiseTable.Times)) * NoiseTable.Times, Math.Exp(log / 2), Math.Sqrt(-Expm1(log)));
    }

    /// <summary>eˣ − 1, exact where x is small (Kahan).</summary>
    public static double Expm1(double x)
    {
        var power = Math.Exp(x);
        if (power == 1) return x;
        return power - 1 == -1 ? -1 : (power - 1) * (x / Math.Log(power));
    }
}
