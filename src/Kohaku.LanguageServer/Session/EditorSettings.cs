using System.Buffers;
using System.Text;
using System.Text.Json;
using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;

namespace Kohaku.LanguageServer.Session;

/// <summary>The settings of the section <c>kohaku</c>, as the client has them.</summary>
/// <param name="Layer">What lies over every <c>kohaku.json</c>.</param>
/// <param name="Problems">What could not be taken as it stands.</param>
internal sealed record EditorSettings(ConfigurationLayer Layer, IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>What problems name in place of a file.</summary>
    public const string Name = "the editor's settings";

    // Keys that steer the server and the client; no rule knows them.
    private static readonly string[] ServerKeys = ["completion", "inlayHints", "codeLens", "diagnostics", "server", "trace", "save", "statusBar", "generate"];

    /// <summary>What holds where a client says nothing.</summary>
    public static EditorSettings Default { get; } = new(ConfigurationLayer.Empty, []);

    /// <summary><c>completion.usage</c>: whether accepted tags are counted.</summary>
    public bool CountsUsage { get; init; } = true;

    /// <summary><c>inlayHints.posts</c>.</summary>
    public bool PostHints { get; init; } = true;

    /// <summary><c>inlayHints.tokens</c>.</summary>
    public bool TokenHints { get; init; } = true;

    /// <summary><c>inlayHints.weights</c>.</summary>
    public bool WeightHints { get; init; } = true;

    /// <summary><c>codeLens.enabled</c>.</summary>
    public bool CodeLenses { get; init; } = true;

    /// <summary><c>diagnostics.workspace</c>: whether files that are not open are linted too.</summary>
    public bool LintsWorkspace { get; init; } = true;

    /// <summary><c>generate</c>: the model and where images go.</summary>
    public GenerateSettings Generate { get; init; } = GenerateSettings.Default;

    /// <summary>The text that the layer was read from: settings with the same one lint alike.</summary>
    public string LayerSource { get; init; } = "{}";

    /// <summary>Whether two clients' settings say the same.</summary>
    public bool SaysTheSameAs(EditorSettings other) => this with { Layer = other.Layer, Problems = other.Problems } == other;

    /// <summary>Reads a client's settings. What is null says nothing.</summary>
    /// <param name="settings">The section's value.</param>
    /// <param name="folder">What paths in it are relative to: the first folder of the workspace.</param>
    public static EditorSettings Read(JsonElement settings, string folder)
    {
        if (settings.ValueKind != JsonValueKind.Object) return Default;

        var layer = LayerText(settings);
        var read = ConfigurationReader.Read(layer, Path.Combine(folder, Name), RuleRegistry.Rules);
        return new EditorSettings(read.Layer, [.. read.Problems.Select(problem => problem with { File = Name, Line = 0, Column = 0 })])
        {
            LayerSource = layer,
            CountsUsage = Flag(settings, "completion", "usage"),
            PostHints = Flag(settings, "inlayHints", "posts"),
            TokenHints = Flag(settings, "inlayHints", "tokens"),
            WeightHints = Flag(settings, "inlayHints", "weights"),
            CodeLenses = Flag(settings, "codeLens", "enabled"),
            LintsWorkspace = Flag(settings, "diagnostics", "workspace"),
            Generate = settings.TryGetProperty("generate", out var generate) ? GenerateSettings.Read(generate, folder) : GenerateSettings.Default,
        };
    }

    private static bool Flag(JsonElement settings, string group, string key) =>
        !settings.TryGetProperty(group, out var inner) || inner.ValueKind != JsonValueKind.Object
        || !inner.TryGetProperty(key, out var value) || value.ValueKind != JsonValueKind.False;

    private static string LayerText(JsonElement settings)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var property in settings.EnumerateObject())
                if (!ServerKeys.Contains(property.Name)) Write(json, property);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonProperty property)
    {
        if (property.Value.ValueKind == JsonValueKind.Null) return;
        if (property.Value.ValueKind != JsonValueKind.Object)
        {
            property.WriteTo(json);
            return;
        }

        json.WriteStartObject(property.Name);
        foreach (var inner in property.Value.EnumerateObject()) Write(json, inner);
        json.WriteEndObject();
    }
}
