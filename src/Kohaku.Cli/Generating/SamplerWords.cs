namespace Kohaku.Cli.Generating;

/// <summary>Names that shells complete: ComfyUI's, since they hold no blanks.</summary>
internal static class SamplerWords
{
    /// <summary>Samplers.</summary>
    public static IReadOnlyList<string> Samplers { get; } =
    [
        "euler", "euler_ancestral", "heun", "lms", "dpm_2", "dpm_2_ancestral", "dpmpp_2s_ancestral", "dpmpp_2m", "dpmpp_sde", "dpmpp_2m_sde",
        "dpmpp_2m_sde_heun", "dpmpp_3m_sde", "ddim", "uni_pc", "lcm",
    ];

    /// <summary>Schedules.</summary>
    public static IReadOnlyList<string> Schedules { get; } =
        ["automatic", "uniform", "karras", "exponential", "polyexponential", "sgm_uniform", "kl_optimal", "align_your_steps", "simple", "normal", "ddim_uniform", "beta"];
}
