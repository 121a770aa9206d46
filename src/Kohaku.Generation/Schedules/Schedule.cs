using Kohaku.Generation.Sampling;
using Kohaku.Jobs;

namespace Kohaku.Generation.Schedules;

/// <summary>The noise levels of a run.</summary>
public static class Schedule
{
    /// <summary>What <see cref="ScheduleKind.Automatic"/> is for a sampler, by A1111's table.</summary>
    public static ScheduleKind Resolve(ScheduleKind schedule, SamplerKind sampler) => schedule != ScheduleKind.Automatic ? schedule : sampler switch
    {
        SamplerKind.Dpm2 or SamplerKind.Dpm2Ancestral or SamplerKind.DpmPlusPlus2SAncestral or SamplerKind.DpmPlusPlus2M or SamplerKind.DpmPlusPlusSde =>
            ScheduleKind.Karras,
        SamplerKind.DpmPlusPlus2MSde or SamplerKind.DpmPlusPlus2MSdeHeun or SamplerKind.DpmPlusPlus3MSde => ScheduleKind.Exponential,
        _ => ScheduleKind.Uniform,
    };

    /// <summary>The table a sampler's levels and times come from.</summary>
    /// <exception cref="ArgumentException">The dialect is diffusers', whose schedulers have tables of their own.</exception>
    public static NoiseTable TableOf(SeedDialect dialect, SamplerKind sampler) => dialect switch
    {
        SeedDialect.A1111Nv or SeedDialect.A1111Cpu => sampler == SamplerKind.Lcm ? NoiseTable.A1111Lcm : NoiseTable.A1111,
        SeedDialect.Comfy => NoiseTable.Comfy,
        _ => throw new ArgumentException("diffusers' schedulers make their own noise levels", nameof(dialect)),
    };

    /// <summary>The noise levels of all steps, falling. Some schedules give a step more than asked for, some samplers drop one and ask for one more.</summary>
    /// <param name="dialect">A1111's or ComfyUI's.</param>
    /// <param name="sampler">The sampler. (A1111's DDIM and UniPC go by times instead.)</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">Steps, at least 1.</param>
    /// <exception cref="ArgumentException">The dialect is diffusers', or there are no steps.</exception>
    public static float[] Sigmas(SeedDialect dialect, SamplerKind sampler, ScheduleKind schedule, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        var table = TableOf(dialect, sampler);
        var resolved = Resolve(schedule, sampler);
        var drops = SamplerTraits.DropsLevel(sampler, dialect);
        var count = drops ? steps + 1 : steps;
        var sigmas = dialect == SeedDialect.Comfy ? ComfySchedules.Sigmas(resolved, count, table) : A1111Schedules.Sigmas(resolved, count, table);
        return drops ? [.. sigmas[..^2], sigmas[^1]] : sigmas;
    }
}
