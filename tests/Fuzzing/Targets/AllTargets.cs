using Kohaku.Fuzzing.Engine;

namespace Kohaku.Fuzzing.Targets;

/// <summary>A target that can be made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Share">How many of a run's cases it gets: slow ones get fewer.</param>
/// <param name="Make">Makes it.</param>
internal sealed record TargetKind(string Name, double Share, Func<Target> Make);

/// <summary>All targets.</summary>
internal static class AllTargets
{
    /// <summary>In the order of a run.</summary>
    public static IReadOnlyList<TargetKind> Kinds { get; } =
    [
        new("syntax", 20, static () => new SyntaxTarget()),
        new("documents", 8, static () => new DocumentsTarget()),
        new("meaning", 5, static () => new MeaningTarget()),
        new("dynamic", 4, static () => new DynamicTarget()),
        new("fixes", 3, static () => new FixesTarget()),
        new("format", 2, static () => new FormatTarget()),
        new("edits", 2, static () => new EditsTarget()),
        new("renames", 1, static () => new RenamesTarget()),
        new("search", 1, static () => new SearchTarget()),
        new("configuration", 5, static () => new ConfigurationTarget()),
        new("globs", 6, static () => new GlobsTarget()),
        new("infotext", 15, static () => new InfotextTarget()),
        new("styles", 6, static () => new StylesTarget()),
        new("jsonlines", 5, static () => new JsonLinesTarget()),
        new("lines", 3, static () => new LinesTarget()),
        new("comfyui", 4, static () => new ComfyTarget()),
        new("png", 3, static () => new PngTarget()),
        new("records", 8, static () => new RecordsTarget()),
        new("safetensors", 5, static () => new SafetensorsTarget()),
        new("taglists", 2, static () => new TagListsTarget()),
        new("databases", 0.4, static () => new DatabasesTarget()),
        new("index", 2, static () => new IndexTarget()),
        new("updates", 0.3, static () => new UpdatesTarget()),
        new("framing", 5, static () => new FramingTarget()),
        new("messages", 0.3, static () => new MessagesTarget()),
    ];

    /// <summary>A new target of a name, or null.</summary>
    public static Target? Make(string name) => Kinds.FirstOrDefault(kind => kind.Name == name)?.Make();
}
