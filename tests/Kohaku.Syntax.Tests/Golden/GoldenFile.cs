using System.Text.Json;

namespace Kohaku.Syntax.Tests.Golden;

/// <summary>What the reference programs compute, from the files beside this one.</summary>
internal static class GoldenFile
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name)));
        return document.RootElement.Clone();
    }

    public static TheoryData<string> Texts(string name)
    {
        var data = new TheoryData<string>();
        foreach (var prompt in Read(name).EnumerateArray())
            data.Add(prompt.GetProperty("text").GetString()!);
        return data;
    }

    public static JsonElement Of(string name, string text) =>
        Read(name).EnumerateArray().First(prompt => prompt.GetProperty("text").GetString() == text);

    public static (string Text, double Weight)[] Weighted(JsonElement runs) =>
        [.. runs.EnumerateArray().Select(run => (run[0].GetString()!, run[1].GetDouble()))];
}
