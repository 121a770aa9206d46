using System.Text.Json;
using Kohaku.Tags;

namespace Kohaku.Jobs.Models;

/// <summary>A JSON file of a diffusers-layout folder. Python writes <c>NaN</c> and <c>-Infinity</c> there (<c>lambda_min_clipped</c> of the DPM solvers), which JSON has not: they read as strings.</summary>
public static class ConfigFile
{
    private const long Longest = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <returns>Its object, or <see langword="null"/> where there is no such file.</returns>
    /// <exception cref="GenerationException">It is too long, cannot be read or is not a JSON object.</exception>
    public static JsonElement? Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return null;
            if (file.Length > Longest) throw new GenerationException($"{path} is {file.Length} bytes long; a configuration has less than 1 MiB");

            RegularFile.Require(path);
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new GenerationException($"{path} cannot be read: {error.Message}", inner: error);
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="GenerationException">They are not a JSON object.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(QuoteNumbersOfPython(json), new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new GenerationException($"{path} is not a JSON object", "Export the model again, or fetch the file again");
        }
        catch (JsonException error)
        {
            throw new GenerationException($"{path} is not JSON: {error.Message}", "Export the model again, or fetch the file again", error);
        }
    }

    /// <summary>A text of an object, or <see langword="null"/> where it has none of that name.</summary>
    public static string? Text(this JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number of an object, or <see langword="null"/> where it has none of that name.</summary>
    public static double? Number(this JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    /// <summary>A truth of an object, or <see langword="null"/> where it has none of that name.</summary>
    public static bool? Flag(this JsonElement config, string name) =>
        config.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static byte[] QuoteNumbersOfPython(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith("\uFEFF"u8)) json = json[3..];
        var result = new List<byte>(json.Length + 16);
        var isText = false;
        while (!json.IsEmpty)
        {
            var length = 1;
            if (isText)
            {
                if (json[0] == '\\' && json.Length > 1) length = 2;
                else if (json[0] == '"') isText = false;
            }
            else
            {
                isText = json[0] == '"';
                length = json.StartsWith("-Infinity"u8) ? 9 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("NaN"u8) ? 3 : 1;
            }

            var isNumber = length > 2;
            if (isNumber) result.Add((byte)'"');
            result.AddRange(json[..length]);
            if (isNumber) result.Add((byte)'"');
            json = json[length..];
        }

        return [.. result];
    }
}
