using System.Text.Json;
using Kohaku.Generation.Models;
using Kohaku.Jobs;

namespace Kohaku.Generation.Diffusers;

/// <summary>diffusers' names for schedulers, and which of A1111's samplers and schedules each stands for (the table in diffusers' overview of its schedulers).</summary>
public static class SchedulerNames
{
    /// <summary>A scheduler's class in diffusers.</summary>
    public static string ClassOf(SchedulerKind kind) => kind switch
    {
        SchedulerKind.Euler => "EulerDiscreteScheduler",
        SchedulerKind.EulerAncestral => "EulerAncestralDiscreteScheduler",
        SchedulerKind.Heun => "HeunDiscreteScheduler",
        SchedulerKind.Lms => "LMSDiscreteScheduler",
        SchedulerKind.Kdpm2 => "KDPM2DiscreteScheduler",
        SchedulerKind.Kdpm2Ancestral => "KDPM2AncestralDiscreteScheduler",
        SchedulerKind.DpmSolverMultistep => "DPMSolverMultistepScheduler",
        SchedulerKind.UniPC => "UniPCMultistepScheduler",
        SchedulerKind.Ddim => "DDIMScheduler",
        SchedulerKind.Lcm => "LCMScheduler",
        _ => "PNDMScheduler",
    };

    /// <summary>Whether a scheduler can take its noise levels from elsewhere than its timesteps.</summary>
    internal static bool Sigmas(SchedulerKind kind) => kind is SchedulerKind.Euler or SchedulerKind.Heun or SchedulerKind.Lms or SchedulerKind.Kdpm2 or SchedulerKind.Kdpm2Ancestral
        or SchedulerKind.DpmSolverMultistep or SchedulerKind.UniPC;

    /// <summary>The scheduler that a sampler by A1111's name is.</summary>
    /// <exception cref="ModelException">diffusers has no such sampler.</exception>
    public static SchedulerKind KindOf(SamplerKind sampler) => sampler switch
    {
        SamplerKind.Euler => SchedulerKind.Euler,
        SamplerKind.EulerAncestral => SchedulerKind.EulerAncestral,
        SamplerKind.Heun => SchedulerKind.Heun,
        SamplerKind.Lms => SchedulerKind.Lms,
        SamplerKind.Dpm2 => SchedulerKind.Kdpm2,
        SamplerKind.Dpm2Ancestral => SchedulerKind.Kdpm2Ancestral,
        SamplerKind.DpmPlusPlus2M or SamplerKind.DpmPlusPlus2MSde or SamplerKind.DpmPlusPlus2MSdeHeun => SchedulerKind.DpmSolverMultistep,
        SamplerKind.Ddim => SchedulerKind.Ddim,
        SamplerKind.UniPC => SchedulerKind.UniPC,
        SamplerKind.Lcm => SchedulerKind.Lcm,
        _ => throw new ModelException(
            $"diffusers has no sampler like {JobNames.Of(sampler)} whose images can be made again", "Use DPM++ 2M, DPM++ 2M SDE, Euler a or another of its samplers, or another seed dialect"),
    };

    /// <summary>The configuration for a sampler and a schedule by A1111's names.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="schedule">The schedule; <see cref="ScheduleKind.Automatic"/> leaves the model's own as it is.</param>
    /// <param name="model">The model's <c>scheduler_config.json</c>, or <see langword="null"/> for <see cref="SchedulerConfig.Sdxl"/>.</param>
    /// <param name="path">That file's path, for messages.</param>
    /// <param name="eta">η of DDIM, or <see langword="null"/> for 0.</param>
    /// <exception cref="ModelException">diffusers has no such sampler, or the sampler no such schedule.</exception>
    public static SchedulerConfig Configure(SamplerKind sampler, ScheduleKind schedule, JsonElement? model, string path = "scheduler_config.json", double? eta = null)
    {
        var kind = KindOf(sampler);
        var config = model is { } own ? SchedulerConfigReader.Read(own, path, kind) : SchedulerConfig.Sdxl with { Kind = kind };
        if (kind == SchedulerKind.DpmSolverMultistep)
            config = config with { IsStochastic = sampler != SamplerKind.DpmPlusPlus2M, IsHeun = sampler == SamplerKind.DpmPlusPlus2MSdeHeun, SolverOrder = 2 };
        if (eta is { } value)
        {
            var isUsual = value == (kind is SchedulerKind.EulerAncestral or SchedulerKind.Kdpm2Ancestral ? 1 : 0);
            if (kind == SchedulerKind.Ddim) config = config with { Eta = value };
            else if (!isUsual) throw new ModelException($"diffusers' {ClassOf(kind)} has no eta", "Leave the eta out, or use another seed dialect");
        }

        return schedule == ScheduleKind.Automatic ? config : WithSchedule(config, schedule);
    }

    private static SchedulerConfig WithSchedule(SchedulerConfig config, ScheduleKind schedule)
    {
        if (config.Kind == SchedulerKind.Lcm) throw new ModelException($"diffusers' {ClassOf(config.Kind)} has a schedule of its own", "Leave the schedule out");

        config = schedule switch
        {
            ScheduleKind.Karras => config with { Sigmas = SigmaSpacing.Karras },
            ScheduleKind.Exponential => config with { Sigmas = SigmaSpacing.Exponential, Spacing = TimestepSpacing.Linspace },
            ScheduleKind.Beta => config with { Sigmas = SigmaSpacing.Beta, Spacing = TimestepSpacing.Linspace },
            ScheduleKind.Uniform or ScheduleKind.Normal => config with { Sigmas = SigmaSpacing.Timesteps, Spacing = TimestepSpacing.Linspace },
            ScheduleKind.SgmUniform or ScheduleKind.Simple => config with { Sigmas = SigmaSpacing.Timesteps, Spacing = TimestepSpacing.Trailing },
            ScheduleKind.Ddim => config with { Sigmas = SigmaSpacing.Timesteps, Spacing = TimestepSpacing.Leading },
            _ => throw new ModelException($"diffusers has no schedule like {JobNames.Of(schedule)}", "Use Karras, Exponential, Beta, Uniform, SGM Uniform or DDIM, or another seed dialect"),
        };
        return config.Sigmas == SigmaSpacing.Timesteps || Sigmas(config.Kind)
            ? config
            : throw new ModelException($"diffusers' {ClassOf(config.Kind)} has no schedule like {JobNames.Of(schedule)}", "Use Uniform, SGM Uniform or DDIM");
    }
}
