using Kohaku.Jobs;

namespace Kohaku.Generation.Schedules;

/// <summary>Schedules as A1111 computes them (<c>modules/sd_schedulers.py</c>, k-diffusion).</summary>
internal static class A1111Schedules
{
    private static readonly double[] Aligned = [14.615, 6.315, 3.771, 2.181, 1.342, 0.862, 0.555, 0.380, 0.234, 0.113, 0.029];

    /// <summary>Noise levels, falling; all but <see cref="ScheduleKind.KlOptimal"/>'s end in 0.</summary>
    public static float[] Sigmas(ScheduleKind schedule, int steps, NoiseTable table) => schedule switch
    {
        ScheduleKind.Uniform or ScheduleKind.Normal => [.. Formulas.Normal(steps, table), 0],
        ScheduleKind.Karras => [.. Formulas.Karras(steps, table), 0],
        ScheduleKind.Exponential => [.. Formulas.Exponential(steps, table), 0],
        ScheduleKind.Polyexponential => [.. Formulas.Polyexponential(steps, table), 0],
        ScheduleKind.SgmUniform => [.. Formulas.SgmUniform(steps, table), 0],
        ScheduleKind.KlOptimal => [.. KlOptimal(steps, table)],
        ScheduleKind.AlignYourSteps => [.. steps == Aligned.Length ? Aligned.Select(sigma => (float)sigma) : Formulas.LogLinear(Aligned, steps), 0],
        ScheduleKind.Simple => [.. Formulas.Simple(steps, table), 0],
        ScheduleKind.Ddim => [.. Formulas.Ddim(steps, table), 0],
        ScheduleKind.Beta => [.. Beta(steps, table), 0],
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "the schedule is not resolved"),
    };

    /// <summary>Equal steps of arctan σ, down to the lowest level, in fp32.</summary>
    private static IEnumerable<float> KlOptimal(int steps, NoiseTable table)
    {
        var (low, high) = ((float)Math.Atan(table.SigmaMin), (float)Math.Atan(table.SigmaMax));
        for (var i = 0; i <= steps; i++)
        {
            var part = (float)i / steps;
            yield return (float)Math.Tan((part * low) + ((1 - part) * high));
        }
    }

    /// <summary>Quantiles of a beta distribution over σ itself (ComfyUI takes them over time).</summary>
    private static IEnumerable<float> Beta(int steps, NoiseTable table)
    {
        for (var i = 0; i < steps; i++)
        {
            var part = steps > 1 ? (double)i / (steps - 1) : 0;
            yield return (float)(table.SigmaMin + (BetaQuantile.Of(1 - part) * ((double)table.SigmaMax - table.SigmaMin)));
        }
    }
}
