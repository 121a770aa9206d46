namespace Kohaku.Generation.Schedules;

/// <summary>Schedules that A1111 and ComfyUI compute alike. Powers and exponentials in fp64, rounded once; sums and products of torch's tensors in fp32.</summary>
internal static class Formulas
{
    /// <summary>Karras et al. 2022, equation 5, ρ = 7.</summary>
    public static IEnumerable<float> Karras(int steps, NoiseTable table)
    {
        const double Rho = 7;
        var (low, high) = (Math.Pow(table.SigmaMin, 1 / Rho), Math.Pow(table.SigmaMax, 1 / Rho));
        return Linspace.Of(0, 1, steps).Select(ramp => (float)Math.Pow((float)high + (ramp * (float)(low - high)), Rho));
    }

    /// <summary>Equal steps of log σ.</summary>
    public static IEnumerable<float> Exponential(int steps, NoiseTable table) =>
        Linspace.Of((float)Math.Log(table.SigmaMax), (float)Math.Log(table.SigmaMin), steps).Select(log => (float)Math.Exp(log));

    /// <summary>k-diffusion's polynomial in log σ, ρ = 1.</summary>
    public static IEnumerable<float> Polyexponential(int steps, NoiseTable table)
    {
        var (low, high) = (Math.Log(table.SigmaMin), Math.Log(table.SigmaMax));
        return Linspace.Of(1, 0, steps).Select(ramp => (float)Math.Exp((ramp * (float)(high - low)) + (float)low));
    }

    /// <summary>Equal steps of time, both ends among them.</summary>
    public static IEnumerable<float> Normal(int steps, NoiseTable table) =>
        Linspace.Of(table.TimeOf(table.SigmaMax), table.TimeOf(table.SigmaMin), steps).Select(table.SigmaAt);

    /// <summary>Equal steps of time, the last one (which 0 follows) left out.</summary>
    public static IEnumerable<float> SgmUniform(int steps, NoiseTable table) => Normal(steps + 1, table).SkipLast(1);

    /// <summary>Levels of the table at equal distances from the top.</summary>
    public static IEnumerable<float> Simple(int steps, NoiseTable table)
    {
        var stride = (double)table.Sigmas.Length / steps;
        for (var i = 0; i < steps; i++) yield return table.Sigmas[^(1 + (int)(i * stride))];
    }

    /// <summary>Levels of the table at equal distances from the bottom; often one more than asked for.</summary>
    public static IEnumerable<float> Ddim(int steps, NoiseTable table)
    {
        var stride = Math.Max(table.Sigmas.Length / steps, 1);
        for (var i = 1 + ((table.Sigmas.Length - 2) / stride * stride); i > 0; i -= stride) yield return table.Sigmas[i];
    }

    /// <summary>A falling curve known at some places, log-linearly at others ("Align Your Steps", Sabour et al. 2024).</summary>
    public static IEnumerable<float> LogLinear(double[] levels, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // Counted from the end, as there: a single level is the last.
            var place = count > 1 ? (double)(count - 1 - i) / (count - 1) * (levels.Length - 1) : 0;
            var low = Math.Min((int)place, levels.Length - 2);
            var (from, to) = (Math.Log(levels[^(low + 1)]), Math.Log(levels[^(low + 2)]));
            yield return (float)Math.Exp(from + ((place - low) * (to - from)));
        }
    }
}
