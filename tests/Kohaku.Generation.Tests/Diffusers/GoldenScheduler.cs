using System.Text.Json;
using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Diffusers;

/// <summary>The cases of <c>diffusers.json</c>.</summary>
internal sealed record GoldenScheduler(string Name, JsonElement Case)
{
    private static readonly Dictionary<string, string> s_classes = new()
    {
        ["euler"] = "EulerDiscreteScheduler", ["euler_karras"] = "EulerDiscreteScheduler", ["euler_trailing"] = "EulerDiscreteScheduler", ["euler_linspace"] = "EulerDiscreteScheduler",
        ["euler_ancestral"] = "EulerAncestralDiscreteScheduler", ["dpmpp_2m"] = "DPMSolverMultistepScheduler", ["dpmpp_2m_karras"] = "DPMSolverMultistepScheduler",
        ["dpmpp_2m_sde_karras"] = "DPMSolverMultistepScheduler", ["ddim"] = "DDIMScheduler", ["unipc"] = "UniPCMultistepScheduler", ["lcm"] = "LCMScheduler", ["heun"] = "HeunDiscreteScheduler",
    };

    public static TheoryData<string> Names => [.. GoldenFile.Read("diffusers.json").EnumerateArray().Select(item => item.GetProperty("scheduler").GetString()!)];

    public int Steps => Case.GetProperty("steps").GetInt32();

    /// <summary>The sampler by A1111's name.</summary>
    public SamplerKind Sampler => Name.Split('_')[0] switch
    {
        "euler" => Name == "euler_ancestral" ? SamplerKind.EulerAncestral : SamplerKind.Euler,
        "dpmpp" => Name.Contains("sde", StringComparison.Ordinal) ? SamplerKind.DpmPlusPlus2MSde : SamplerKind.DpmPlusPlus2M,
        "ddim" => SamplerKind.Ddim,
        "unipc" => SamplerKind.UniPC,
        "lcm" => SamplerKind.Lcm,
        "heun" => SamplerKind.Heun,
        _ => throw new InvalidDataException(Name),
    };

    /// <summary>The schedule by A1111's name.</summary>
    public ScheduleKind Schedule => Name.Split('_')[^1] switch
    {
        "karras" => ScheduleKind.Karras,
        "trailing" => ScheduleKind.SgmUniform,
        "linspace" => ScheduleKind.Uniform,
        _ => ScheduleKind.Automatic,
    };

    public static GoldenScheduler Of(string name) =>
        new(name, GoldenFile.Read("diffusers.json").EnumerateArray().Single(item => item.GetProperty("scheduler").GetString() == name));

    /// <summary>As <c>scheduler_config.json</c> would have it.</summary>
    public SchedulerConfig Config()
    {
        var json = Case.GetProperty("config").GetRawText();
        using var document = JsonDocument.Parse($"{{\"_class_name\":\"{s_classes[Name]}\",{json.TrimStart()[1..]}");
        return SchedulerConfigReader.Read(document.RootElement, "scheduler_config.json");
    }
}
