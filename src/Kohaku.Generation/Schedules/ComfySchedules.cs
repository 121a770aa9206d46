using Kohaku.Jobs;

namespace Kohaku.Generation.Schedules;

/// <summary>Schedules as ComfyUI computes them (<c>comfy/samplers.py</c>; Align Your Steps and Polyexponential are nodes of their own there).</summary>
internal static class ComfySchedules
{
    private static readonly double[] Aligned =
    [
        14.6146412293, 6.3184485287, 3.7681790315, 2.1811480769, 1.3405244945, 0.8620721141, 0.5550693289, 0.3798540708, 0.2332364134, 0.1114188177,
        0.0291671582,
    ];

    /// <summary>Noise levels, falling to 0.</summary>
    public static float[] Sigmas(ScheduleKind schedule, int steps, NoiseTable table) => schedule switch
    {
        ScheduleKind.Uniform or ScheduleKind.Normal => [.. Formulas.Normal(steps, table), 0],
        ScheduleKind.Karras => [.. Formulas.Karras(steps, table), 0],
        ScheduleKind.Exponential => [.. Formulas.Exponential(steps, table), 0],
        ScheduleKind.Polyexponential => [.. Formulas.Polyexponential(steps, table), 0],
        ScheduleKind.SgmUniform => [.. Formulas.SgmUniform(steps, table), 0],
        ScheduleKind.KlOptimal => [.. KlOptimal(steps, table), 0],
        ScheduleKind.AlignYourSteps => [.. Formulas.LogLinear(Aligned, steps + 1).SkipLast(1), 0],
        ScheduleKind.Simple => [.. Formulas.Simple(steps, table), 0],
        ScheduleKind.Ddim => [.. Formulas.Ddim(steps, table), 0],
        ScheduleKind.Beta => [.. Beta(steps, table), 0],
        _ => throw new ArgumentOutOfRangeException(nameof(schedule), schedule, "the schedule is not resolved"),
    };

    /// <summary>Equal steps of arctan σ from the highest level to the lowest.</summary>
    private static IEnumerable<float> KlOptimal(int steps, NoiseTable table)
    {
        var (low, high) = (MathF.Atan(table.SigmaMin), MathF.Atan(table.SigmaMax));
        for (var i = 0; i < steps; i++)
        {
            var part = steps > 1 ? (float)i / (steps - 1) : 0;
            yield return (float)Math.Tan((part * low) + ((1 - part) * high));
        }
    }

    /// <summary>Quantiles of a beta distribution over time; a time that comes twice is taken once.</summary>
    private static IEnumerable<float> Beta(int steps, NoiseTable table)
    {
        var last = -1;
        for (var i = 0; i < steps; i++)
        {
            var time = (int)Math.Round((NoiseTable.Times - 1) * BetaQuantile.Of(1 - ((double)i / steps)));
            if (time != last) yield return table.Sigmas[time];
            last = time;
        }
    }
}
