using System.Text.Json;
using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Tests.Golden;

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

    public int Height => Case.GetProperty("height").GetInt32();

    public int Width => Case.GetProperty("width").GetInt32();

    public ulong Seed => Case.GetProperty("seed").GetUInt64();

    public double Guidance => Case.GetProperty("cfg").GetDouble();

    public string Text(string key) => Case.GetProperty(key).GetString()!;

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
