using System.Text.Json;

namespace Kohaku.Generation.Tests.Golden;

/// <summary>Numbers of a golden JSON file.</summary>
internal static class Numbers
{
    /// <summary>An array of numbers.</summary>
    public static float[] Of(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];
}
