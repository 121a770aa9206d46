using System.Text.Json;

namespace Kohaku.Syntax.Tests.Tokens;

/// <summary>What the reference programs made of 89 awkward prompts.</summary>
internal static class GoldenPrompts
{
    public static JsonElement[] A1111 { get; } = Read("prompts-a1111.json");

    public static JsonElement[] Comfy { get; } = Read("prompts-comfy.json");

    public static int[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt32())];

    public static JsonElement[] Read(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name)));
        return [.. file.RootElement.EnumerateArray().Select(entry => entry.Clone())];
    }
}
