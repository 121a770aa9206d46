using System.Text.Json;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>What the reference programs compute, from the files beside this one.</summary>
internal static class GoldenFile
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PathOf(name)));
        return document.RootElement.Clone();
    }
}
