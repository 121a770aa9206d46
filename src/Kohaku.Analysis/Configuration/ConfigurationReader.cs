using Kohaku.Analysis.Configuration.Json;

namespace Kohaku.Analysis.Configuration;

/// <summary>One configuration, read; what it extends is not looked at yet.</summary>
/// <param name="Path">The file, or the layer's name.</param>
/// <param name="Layer">What it says.</param>
/// <param name="Extends">Paths of the configurations below it, the lowest first.</param>
/// <param name="Problems">What could not be taken as it stands.</param>
public sealed record ConfigurationFile(
    string Path, ConfigurationLayer Layer, IReadOnlyList<ExtendsEntry> Extends, IReadOnlyList<ConfigurationProblem> Problems);

/// <summary>A configuration that another one extends.</summary>
/// <param name="Path">Absolute where the extending file's path is.</param>
/// <param name="Line">Where it is said, from 1.</param>
/// <param name="Column">From 1.</param>
public sealed record ExtendsEntry(string Path, int Line, int Column);

/// <summary>Reads the text of a <c>kohaku.json</c>, or of the editor's settings, which have the same form. Pure, and never throws for what stands there.</summary>
public static class ConfigurationReader
{
    /// <summary>The keys that shape a configuration, beside <see cref="ConfigurationKeys.All"/>.</summary>
    public static IReadOnlyList<string> ShapingKeys { get; } = ["$schema", "extends", "rules", "overrides"];

    /// <summary>Reads a configuration.</summary>
    /// <param name="text">JSON; comments and trailing commas are welcome.</param>
    /// <param name="path">The file, which paths in it are relative to and problems name.</param>
    /// <param name="rules">The rules that there are.</param>
    public static ConfigurationFile Read(string text, string path, RuleTable rules)
    {
        var json = JsonText.Read(text);
        var problems = new JsonProblems(path, json);
        if (json.Root is null)
        {
            problems.AddError();
            return new ConfigurationFile(path, ConfigurationLayer.Empty, [], problems.All);
        }

        var reading = new ConfigurationReading(json, problems, System.IO.Path.GetDirectoryName(path) ?? "", rules);
        var layer = reading.Layer(json.Root, "", isOverride: false);
        return new ConfigurationFile(path, layer, reading.Extends, problems.All);
    }
}
