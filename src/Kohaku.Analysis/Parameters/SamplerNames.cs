using System.Collections.Frozen;

namespace Kohaku.Analysis.Parameters;

/// <summary>Names of samplers and schedules, as AUTOMATIC1111, ComfyUI and diffusers call them.</summary>
public static class SamplerNames
{
    private const string Scheduler = "Scheduler";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownSamplers;
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownSchedules;

    static SamplerNames()
    {
        KnownSamplers = Set([.. Samplers, .. Comfy, .. Diffusers, .. Forge]);
        KnownSchedules = Set([.. Schedules, .. ComfySchedules]);
    }

    /// <summary>The samplers of A1111 1.10.</summary>
    public static IReadOnlyList<string> Samplers { get; } =
    [
        "Euler", "Euler a", "DPM++ 2M", "DPM++ SDE", "DPM++ 2M SDE", "DPM++ 2M SDE Heun", "DPM++ 2S a", "DPM++ 3M SDE", "LMS", "Heun", "DPM2", "DPM2 a",
        "DPM fast", "DPM adaptive", "Restart", "DDIM", "DDIM CFG++", "PLMS", "UniPC", "LCM",
    ];

    /// <summary>The schedule types of A1111 1.10.</summary>
    public static IReadOnlyList<string> Schedules { get; } =
    [
        "Automatic", "Uniform", "Karras", "Exponential", "Polyexponential", "SGM Uniform", "KL Optimal", "Align Your Steps", "Simple", "Normal", "DDIM", "Beta",
        "Turbo", "Align Your Steps GITS", "Align Your Steps 11", "Align Your Steps 32", "align_your_steps",
    ];

    private static string[] Comfy { get; } =
    [
        "euler", "euler_cfg_pp", "euler_ancestral", "euler_ancestral_cfg_pp", "heun", "heunpp2", "exp_heun_2_x0", "exp_heun_2_x0_sde", "dpm_2", "dpm_2_ancestral",
        "lms", "dpm_fast", "dpm_adaptive", "dpmpp_2s_ancestral", "dpmpp_2s_ancestral_cfg_pp", "dpmpp_sde", "dpmpp_sde_gpu", "dpmpp_2m", "dpmpp_2m_cfg_pp",
        "dpmpp_2m_sde", "dpmpp_2m_sde_gpu", "dpmpp_2m_sde_heun", "dpmpp_2m_sde_heun_gpu", "dpmpp_3m_sde", "dpmpp_3m_sde_gpu", "ddpm", "lcm", "ipndm", "ipndm_v",
        "deis", "res_multistep", "res_multistep_cfg_pp", "res_multistep_ancestral", "res_multistep_ancestral_cfg_pp", "gradient_estimation",
        "gradient_estimation_cfg_pp", "er_sde", "seeds_2", "seeds_3", "sa_solver", "sa_solver_pece", "ddim", "uni_pc", "uni_pc_bh2",
    ];

    private static string[] ComfySchedules { get; } =
    [
        "simple", "sgm_uniform", "karras", "exponential", "ddim_uniform", "beta", "normal", "linear_quadratic", "kl_optimal",
    ];

    private static string[] Diffusers { get; } =
    [
        "DDIM", "DDPM", "DEISMultistep", "DPMSolverMultistep", "DPMSolverSinglestep", "DPMSolverSDE", "EDMDPMSolverMultistep", "EDMEuler", "EulerDiscrete",
        "EulerAncestralDiscrete", "HeunDiscrete", "KDPM2Discrete", "KDPM2AncestralDiscrete", "LCM", "LMSDiscrete", "PNDM", "SASolver", "TCD", "UniPCMultistep",
    ];

    private static string[] Forge { get; } =
    [
        "HeunPP2", "IPNDM", "IPNDM_V", "DEIS", "DDPM", "Euler CFG++", "Euler a CFG++", "DPM++ 2S a CFG++", "DPM++ SDE CFG++", "DPM++ 2M CFG++", "Euler SMEA", "Euler SMEA Dy",
        "Euler Dy", "Euler Negative", "Euler Dy Negative", "Kohaku_LoNyu_Yog", "DPM++ 2M alt", "DPM++ 2M test", "Euler Max", "Euler a2", "UniPC BH2", "DDIM_Original", "TCD",
        "DPM Solver++", "k_euler_a", "k_dpm_2_a", "k_dpmpp_2s_a", "k_dpm_ad",
    ];

    /// <summary>Whether a program has such a sampler; also with a schedule behind it, as A1111 joined both before 1.9: <c>DPM++ 2M Karras</c>.</summary>
    public static bool IsSampler(ReadOnlySpan<char> name)
    {
        if (KnownSamplers.Contains(name) || (name.StartsWith("k_") && KnownSamplers.Contains(name[2..]))) return true;
        if (name.EndsWith(Scheduler, StringComparison.OrdinalIgnoreCase)) return KnownSamplers.Contains(name[..^Scheduler.Length]);
        for (var blank = name.LastIndexOf(' '); blank > 0; blank = name[..blank].LastIndexOf(' '))
            if (KnownSchedules.Contains(name[(blank + 1)..]) && KnownSamplers.Contains(name[..blank])) return true;
        return false;
    }

    /// <summary>Whether a program has such a schedule.</summary>
    public static bool IsSchedule(ReadOnlySpan<char> name) => KnownSchedules.Contains(name);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string[] names) =>
        FrozenSet.ToFrozenSet(names, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
