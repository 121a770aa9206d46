namespace Kohaku.Jobs;

/// <summary>Names of what a job consists of, as parameters and command lines write them.</summary>
public static class JobNames
{
    /// <summary>A1111's name of a sampler.</summary>
    public static string Of(SamplerKind sampler) => sampler switch
    {
        SamplerKind.Euler => "Euler",
        SamplerKind.EulerAncestral => "Euler a",
        SamplerKind.Heun => "Heun",
        SamplerKind.Lms => "LMS",
        SamplerKind.Dpm2 => "DPM2",
        SamplerKind.Dpm2Ancestral => "DPM2 a",
        SamplerKind.DpmPlusPlus2SAncestral => "DPM++ 2S a",
        SamplerKind.DpmPlusPlus2M => "DPM++ 2M",
        SamplerKind.DpmPlusPlusSde => "DPM++ SDE",
        SamplerKind.DpmPlusPlus2MSde => "DPM++ 2M SDE",
        SamplerKind.DpmPlusPlus2MSdeHeun => "DPM++ 2M SDE Heun",
        SamplerKind.DpmPlusPlus3MSde => "DPM++ 3M SDE",
        SamplerKind.Ddim => "DDIM",
        SamplerKind.UniPC => "UniPC",
        SamplerKind.Lcm => "LCM",
        _ => throw new ArgumentOutOfRangeException(nameof(sampler)),
    };

    /// <summary>A1111's name of a schedule.</summary>
    public static string Of(ScheduleKind schedule) => schedule switch
    {
        ScheduleKind.Automatic => "Automatic",
        ScheduleKind.Uniform => "Uniform",
        ScheduleKind.Karras => "Karras",
        ScheduleKind.Exponential => "Exponential",
        ScheduleKind.Polyexponential => "Polyexponential",
        ScheduleKind.SgmUniform => "SGM Uniform",
        ScheduleKind.KlOptimal => "KL Optimal",
        ScheduleKind.AlignYourSteps => "Align Your Steps",
        ScheduleKind.Simple => "Simple",
        ScheduleKind.Normal => "Normal",
        ScheduleKind.Ddim => "DDIM",
        ScheduleKind.Beta => "Beta",
        _ => throw new ArgumentOutOfRangeException(nameof(schedule)),
    };

    /// <summary>A1111's name of an emphasis mode.</summary>
    public static string Of(EmphasisKind emphasis) => emphasis switch
    {
        EmphasisKind.Original => "Original",
        EmphasisKind.NoNorm => "No norm",
        EmphasisKind.Ignore => "Ignore",
        EmphasisKind.None => "None",
        EmphasisKind.Comfy => "ComfyUI",
        _ => throw new ArgumentOutOfRangeException(nameof(emphasis)),
    };

    /// <summary>The command line's name of a seed dialect.</summary>
    public static string Of(SeedDialect dialect) => dialect switch
    {
        SeedDialect.A1111Nv => "a1111-nv",
        SeedDialect.A1111Cpu => "a1111-cpu",
        SeedDialect.Comfy => "comfy",
        SeedDialect.Diffusers => "diffusers",
        _ => throw new ArgumentOutOfRangeException(nameof(dialect)),
    };

    /// <summary>The emphasis modes' names on the command line.</summary>
    public static IReadOnlyList<string> EmphasisWords { get; } = ["original", "no-norm", "ignore", "none", "comfy"];

    /// <summary>The seed dialects' names.</summary>
    public static IReadOnlyList<string> SeedDialectWords { get; } = ["a1111-nv", "a1111-cpu", "comfy", "diffusers"];

    /// <summary>Reads an emphasis mode, by A1111's name or the command line's, in any case.</summary>
    public static bool TryParse(string name, out EmphasisKind emphasis)
    {
        EmphasisKind? found = name.Trim().ToLowerInvariant() switch
        {
            "original" => EmphasisKind.Original,
            "no norm" or "no-norm" or "nonorm" => EmphasisKind.NoNorm,
            "ignore" => EmphasisKind.Ignore,
            "none" => EmphasisKind.None,
            "comfy" or "comfyui" => EmphasisKind.Comfy,
            _ => null,
        };
        emphasis = found ?? default;
        return found is not null;
    }

    /// <summary>Reads a seed dialect by the command line's name, in any case.</summary>
    public static bool TryParse(string name, out SeedDialect dialect)
    {
        SeedDialect? found = name.Trim().ToLowerInvariant() switch
        {
            "a1111-nv" => SeedDialect.A1111Nv,
            "a1111-cpu" => SeedDialect.A1111Cpu,
            "comfy" or "comfyui" => SeedDialect.Comfy,
            "diffusers" => SeedDialect.Diffusers,
            _ => null,
        };
        dialect = found ?? default;
        return found is not null;
    }
}
