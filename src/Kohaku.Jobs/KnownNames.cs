using System.Collections.Frozen;

namespace Kohaku.Jobs;

/// <summary>
/// Names of samplers and schedules as A1111 (also the old ones that join both, <c>DPM++ 2M Karras</c>, and its <c>k_</c> ones), ComfyUI and diffusers
/// (classes, with or without <c>Scheduler</c>) write them. Case, blanks, underscores and hyphens do not matter.
/// </summary>
public static class KnownNames
{
    private const string ClassSuffix = "scheduler";

    private static readonly FrozenDictionary<SamplerKind, string[]> SamplerAliases = new Dictionary<SamplerKind, string[]>
    {
        [SamplerKind.Euler] = ["euler", "EulerDiscreteScheduler"],
        [SamplerKind.EulerAncestral] = ["euler_ancestral", "EulerAncestralDiscreteScheduler"],
        [SamplerKind.Heun] = ["heun", "HeunDiscreteScheduler"],
        [SamplerKind.Lms] = ["lms", "LMSDiscreteScheduler"],
        [SamplerKind.Dpm2] = ["dpm_2", "KDPM2DiscreteScheduler"],
        [SamplerKind.Dpm2Ancestral] = ["dpm_2_ancestral", "KDPM2AncestralDiscreteScheduler"],
        [SamplerKind.DpmPlusPlus2SAncestral] = ["dpmpp_2s_ancestral"],
        [SamplerKind.DpmPlusPlus2M] = ["dpmpp_2m", "DPMSolverMultistepScheduler"],
        [SamplerKind.DpmPlusPlusSde] = ["dpmpp_sde", "dpmpp_sde_gpu", "DPMSolverSDEScheduler"],
        [SamplerKind.DpmPlusPlus2MSde] = ["dpmpp_2m_sde", "dpmpp_2m_sde_gpu"],
        [SamplerKind.DpmPlusPlus2MSdeHeun] = ["dpmpp_2m_sde_heun", "dpmpp_2m_sde_heun_gpu"],
        [SamplerKind.DpmPlusPlus3MSde] = ["dpmpp_3m_sde", "dpmpp_3m_sde_gpu"],
        [SamplerKind.Ddim] = ["ddim", "DDIMScheduler"],
        [SamplerKind.UniPC] = ["uni_pc", "UniPCMultistepScheduler"],
        [SamplerKind.Lcm] = ["lcm", "LCMScheduler"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<ScheduleKind, string[]> ScheduleAliases = new Dictionary<ScheduleKind, string[]>
    {
        [ScheduleKind.SgmUniform] = ["sgm_uniform"],
        [ScheduleKind.KlOptimal] = ["kl_optimal"],
        [ScheduleKind.AlignYourSteps] = ["align_your_steps", "AYS"],
        [ScheduleKind.Ddim] = ["ddim_uniform"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, SamplerKind> SamplersByName =
        Index(Enum.GetValues<SamplerKind>(), sampler => [JobNames.Of(sampler), .. SamplerAliases[sampler]]);

    private static readonly FrozenDictionary<string, ScheduleKind> SchedulesByName =
        Index(Enum.GetValues<ScheduleKind>(), schedule => [JobNames.Of(schedule), .. ScheduleAliases.GetValueOrDefault(schedule, [])]);

    /// <summary>All names of samplers, A1111's first: what a misspelt one is compared with.</summary>
    public static IReadOnlyList<string> Samplers { get; } = [.. Enum.GetValues<SamplerKind>().Select(JobNames.Of), .. SamplerAliases.Values.SelectMany(names => names)];

    /// <summary>All names of schedules, A1111's first.</summary>
    public static IReadOnlyList<string> Schedules { get; } = [.. Enum.GetValues<ScheduleKind>().Select(JobNames.Of), .. ScheduleAliases.Values.SelectMany(names => names)];

    /// <summary>Reads a sampler's name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="sampler">The sampler.</param>
    /// <param name="joined">The schedule that an old name carries, or <see langword="null"/>.</param>
    public static bool TrySampler(string name, out SamplerKind sampler, out ScheduleKind? joined)
    {
        joined = null;
        var plain = Plain(name);
        if (SamplersByName.TryGetValue(plain, out sampler)) return true;
        if (plain.EndsWith(ClassSuffix, StringComparison.Ordinal) && SamplersByName.TryGetValue(plain[..^ClassSuffix.Length], out sampler)) return true;
        if (SamplersByName.TryGetValue(plain + ClassSuffix, out sampler)) return true;
        if (name.Trim().StartsWith("k_", StringComparison.OrdinalIgnoreCase)) return TryOld(plain[1..], out sampler, out joined);

        return TryJoined(plain, out sampler, out joined);
    }

    /// <summary>Reads a schedule's name.</summary>
    public static bool TrySchedule(string name, out ScheduleKind schedule) => SchedulesByName.TryGetValue(Plain(name), out schedule);

    /// <summary>The <c>k_…</c> names of A1111, with <c>_ka</c> for Karras and <c>_exp</c> for Exponential behind them.</summary>
    private static bool TryOld(string plain, out SamplerKind sampler, out ScheduleKind? joined)
    {
        joined = null;
        if (SamplersByName.TryGetValue(plain, out sampler)) return true;
        if (plain.EndsWith("ka", StringComparison.Ordinal) && SamplersByName.TryGetValue(plain[..^2], out sampler))
        {
            joined = ScheduleKind.Karras;
            return true;
        }

        if (!plain.EndsWith("exp", StringComparison.Ordinal) || !SamplersByName.TryGetValue(plain[..^3], out sampler)) return false;

        joined = ScheduleKind.Exponential;
        return true;
    }

    private static bool TryJoined(string plain, out SamplerKind sampler, out ScheduleKind? joined)
    {
        foreach (var (name, schedule) in SchedulesByName)
        {
            if (!plain.EndsWith(name, StringComparison.Ordinal) || !SamplersByName.TryGetValue(plain[..^name.Length], out sampler)) continue;
            joined = schedule;
            return true;
        }

        (sampler, joined) = (default, null);
        return false;
    }

    /// <summary>A name without what does not matter; <c>++</c> is <c>pp</c>, as ComfyUI has it.</summary>
    private static string Plain(string name) => string.Concat(name.Replace("++", "pp", StringComparison.Ordinal).Where(letter => letter is not (' ' or '_' or '-'))).ToLowerInvariant();

    private static FrozenDictionary<string, T> Index<T>(IEnumerable<T> kinds, Func<T, string[]> names)
    {
        var index = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            foreach (var name in names(kind)) index.TryAdd(Plain(name), kind);
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
