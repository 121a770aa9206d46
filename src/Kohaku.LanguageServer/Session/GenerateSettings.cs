using System.Text.Json;
using Kohaku.Jobs;

namespace Kohaku.LanguageServer.Session;

/// <summary>The settings of <c>kohaku.generate</c>. What is no value says nothing.</summary>
internal sealed record GenerateSettings
{
    private string _source = "";

    /// <summary>What holds where a client says nothing.</summary>
    public static GenerateSettings Default { get; } = new();

    /// <summary><c>model</c>: a checkpoint or a folder; absolute.</summary>
    public string? Model { get; private init; }

    /// <summary><c>vae</c>: absolute.</summary>
    public string? Vae { get; private init; }

    /// <summary><c>loraFolders</c>: absolute.</summary>
    public IReadOnlyList<string> LoraFolders { get; private init; } = [];

    /// <summary><c>embeddingFolders</c>: absolute.</summary>
    public IReadOnlyList<string> EmbeddingFolders { get; private init; } = [];

    /// <summary><c>modelFolders</c>, where pickers look: absolute.</summary>
    public IReadOnlyList<string> ModelFolders { get; private init; } = [];

    /// <summary><c>outputFolder</c>: absolute, or from the prompt's file; <see langword="null"/> for <c>out</c> beside it.</summary>
    public string? OutputFolder { get; private init; }

    /// <summary><c>device</c>.</summary>
    public DeviceKind Device { get; private init; }

    /// <summary><c>gpuLibrary</c>: where ONNX Runtime for graphics cards lies; as written, <c>~</c> resolved. No <c>kohaku.json</c> has it: what lies there is run.</summary>
    public string? GpuLibrary { get; private init; }

    /// <summary><c>precision</c>.</summary>
    public Precision Precision { get; private init; }

    /// <summary><c>previews</c>.</summary>
    public bool Previews { get; private init; } = true;

    /// <summary>Reads the section.</summary>
    /// <param name="settings">Its value.</param>
    /// <param name="folder">What paths are relative to.</param>
    public static GenerateSettings Read(JsonElement settings, string folder)
    {
        if (settings.ValueKind != JsonValueKind.Object) return Default;

        return new GenerateSettings
        {
            _source = settings.GetRawText(),
            Model = PathOf(Text("model"), folder),
            Vae = PathOf(Text("vae"), folder),
            LoraFolders = Folders("loraFolders"),
            EmbeddingFolders = Folders("embeddingFolders"),
            ModelFolders = Folders("modelFolders"),
            OutputFolder = Home(Text("outputFolder")),
            Device = Text("device") switch { "cuda" => DeviceKind.Cuda, "dml" => DeviceKind.DirectML, "cpu" => DeviceKind.Cpu, _ => DeviceKind.Auto },
            GpuLibrary = Home(Text("gpuLibrary")),
            Precision = Text("precision") switch { "fp32" => Precision.Full, "fp16" => Precision.Half, _ => Precision.Auto },
            Previews = !settings.TryGetProperty("previews", out var previews) || previews.ValueKind != JsonValueKind.False,
        };

        string? Text(string key) => settings.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string[] Folders(string key) => settings.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => PathOf(item.GetString(), folder)).OfType<string>()]
            : [];
    }

    /// <summary>The absolute path of what a user wrote, <c>~</c> for the home folder.</summary>
    public static string? PathOf(string? written, string folder) =>
        string.IsNullOrWhiteSpace(written) || written.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(Home(written.Trim())!, folder);

    /// <summary>Whether two say the same; their texts tell.</summary>
    public bool Equals(GenerateSettings? other) => other is not null && _source == other._source;

    /// <inheritdoc/>
    public override int GetHashCode() => _source.GetHashCode(StringComparison.Ordinal);

    private static string? Home(string? path) =>
        path is ['~', '/' or '\\', ..] ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]) : path;
}
