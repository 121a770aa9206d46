using System.Collections.Concurrent;
using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Configuration;

/// <summary>The settings that come from one configuration: one for all files, and one for each set of overrides that some file falls under.</summary>
internal sealed class SettingsFamily
{
    private readonly IReadOnlyList<ConfigurationLayer> above;
    private readonly RuleTable rules;
    private readonly Func<string, Profile> profileOf;
    private readonly List<ConfigurationOverride?> conditions = [];
    private readonly List<ConfigurationLayer> layers = [];
    private readonly List<Glob> excluded = [];
    private readonly ConcurrentDictionary<string, Settings> byOverrides = new(StringComparer.Ordinal);
    private readonly bool hasOverrides;

    public SettingsFamily(ConfigurationStack stack, IReadOnlyList<ConfigurationLayer> above, RuleTable rules, Func<string, Profile> profileOf)
    {
        this.above = above;
        this.rules = rules;
        this.profileOf = profileOf;
        foreach (var file in stack.Files)
        {
            layers.Add(file.Layer);
            conditions.Add(null);
            foreach (var condition in file.Layer.Overrides)
            {
                layers.Add(condition.Layer);
                conditions.Add(condition);
                hasOverrides = true;
            }

            Exclude(file.Layer, Path.GetDirectoryName(file.Path) ?? "");
        }

        foreach (var layer in above) Exclude(layer, "");
        byOverrides[""] = Build("");
    }

    public Settings For(string file)
    {
        if (!hasOverrides) return byOverrides[""];

        var active = string.Create(layers.Count, (this, file), static (marks, state) => state.Item1.Mark(state.file, marks));
        return active.Contains('1', StringComparison.Ordinal) ? byOverrides.GetOrAdd(active, Build) : byOverrides[""];
    }

    public bool IsExcluded(string path)
    {
        foreach (var glob in excluded)
        {
            if (glob.IsMatch(path)) return true;
        }

        return false;
    }

    private void Exclude(ConfigurationLayer layer, string directory)
    {
        if (!layer.TryGet(ConfigurationKeys.Exclude, out var globs)) return;
        foreach (var glob in globs) excluded.Add(new Glob(glob, directory));
    }

    private void Mark(string file, Span<char> marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            marks[i] = conditions[i] is { } condition && condition.Files.Any(glob => glob.IsMatch(file)) ? '1' : '0';
        }
    }

    private Settings Build(string marks)
    {
        var active = new List<ConfigurationLayer>();
        for (var i = 0; i < layers.Count; i++)
        {
            if (conditions[i] is null || (i < marks.Length && marks[i] == '1')) active.Add(layers[i]);
        }

        active.AddRange(above);
        return SettingsBuilder.Build(active, rules, profileOf);
    }
}
