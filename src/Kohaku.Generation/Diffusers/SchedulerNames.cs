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

    /// <summary>The configuration for a sampler and a schedule by A1111's names.</summary>
    /// <param name="sampler">The sampler.</param>
    /// <param name="schedule">The schedule; <see cref="ScheduleKind.Automatic"/> leaves the model's own as it is.</param>
    /// <param name="model">The model's configuration: the folder's, or <see cref="SchedulerConfig.Sdxl"/>.</param>
    /// <param name="eta">η of DDIM, or <see langword="null"/> for 0.</param>
    /// <exception cref="ModelException">diffusers has no such sampler, or the sampler no such schedule.</exception>
    public static SchedulerConfig Configure(SamplerKind sampler, ScheduleKind schedule, SchedulerConfig model, double? eta = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var config = WithSampler(sampler, model) with { Eta = eta ?? 0 };
        if (eta is not null && config.Kind != SchedulerKind.Ddim && !(eta == 1 && config.Kind is SchedulerKind.EulerAncestral or SchedulerKind.Kdpm2Ancestral))
            throw new ModelException($"diffusers' {ClassOf(config.Kind)} has no eta", "Leave the eta out, or use another seed dialect");
        if (schedule == ScheduleKind.Automatic) return config;

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
        if (config.Sigmas != SigmaSpacing.Timesteps && !Sigmas(config.Kind))
            throw new ModelException($"diffusers' {ClassOf(config.Kind)} has no schedule like {JobNames.Of(schedule)}", "Use Uniform, SGM Uniform or DDIM");
        if (config.Kind == SchedulerKind.Lcm)
            throw new ModelException($"diffusers' {ClassOf(config.Kind)} has a schedule of its own", "Leave the schedule out");

        return config;
    }

    private static SchedulerConfig WithSampler(SamplerKind sampler, SchedulerConfig model)
    {
        var kind = sampler switch
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
        // The model's own class keeps all it says; another keeps what both know, and SDXL's own settings for the rest.
        var config = kind == model.Kind ? model : model with
        {
            Kind = kind, ClipRange = null, SetAlphaToOne = false, SolverOrder = 2, IsHeun = false, IsB1 = false, EulerAtFinal = false, LowerOrderFinal = true, DisabledCorrectors = [],
            Sigmas = Sigmas(kind) ? model.Sigmas : SigmaSpacing.Timesteps,
        };
        return kind != SchedulerKind.DpmSolverMultistep ? config : config with
        {
            IsStochastic = sampler != SamplerKind.DpmPlusPlus2M, IsHeun = sampler == SamplerKind.DpmPlusPlus2MSdeHeun, SolverOrder = 2,
        };
    }
}
