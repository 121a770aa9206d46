using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>Names in the golden files.</summary>
internal static class Kinds
{
    public static ScheduleKind Schedule(string? name) => name switch
    {
        null or "Automatic" => ScheduleKind.Automatic,
        "Uniform" => ScheduleKind.Uniform,
        "Karras" or "karras" => ScheduleKind.Karras,
        "Exponential" or "exponential" => ScheduleKind.Exponential,
        "Polyexponential" => ScheduleKind.Polyexponential,
        "SGM Uniform" or "sgm_uniform" => ScheduleKind.SgmUniform,
        "KL Optimal" => ScheduleKind.KlOptimal,
        "Align Your Steps" => ScheduleKind.AlignYourSteps,
        "Simple" or "simple" => ScheduleKind.Simple,
        "Normal" or "normal" => ScheduleKind.Normal,
        "DDIM" or "ddim_uniform" => ScheduleKind.Ddim,
        "Beta" or "beta" => ScheduleKind.Beta,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    public static SamplerKind Sampler(string name) => name switch
    {
        "Euler" or "euler" => SamplerKind.Euler,
        "Euler a" => SamplerKind.EulerAncestral,
        "Heun" or "heun" => SamplerKind.Heun,
        "LMS" or "lms" => SamplerKind.Lms,
        "DPM2" or "dpm_2" => SamplerKind.Dpm2,
        "DPM2 a" => SamplerKind.Dpm2Ancestral,
        "DPM++ 2S a" => SamplerKind.DpmPlusPlus2SAncestral,
        "DPM++ 2M" or "dpmpp_2m" => SamplerKind.DpmPlusPlus2M,
        "DPM++ SDE" or "dpmpp_sde" => SamplerKind.DpmPlusPlusSde,
        "DPM++ 2M SDE" or "dpmpp_2m_sde" => SamplerKind.DpmPlusPlus2MSde,
        "DPM++ 2M SDE Heun" => SamplerKind.DpmPlusPlus2MSdeHeun,
        "DPM++ 3M SDE" or "dpmpp_3m_sde" => SamplerKind.DpmPlusPlus3MSde,
        "DDIM" => SamplerKind.Ddim,
        "UniPC" => SamplerKind.UniPC,
        "LCM" => SamplerKind.Lcm,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };
}
