using System.Collections.Concurrent;
using Kohaku.Analysis.Profiles;
using Kohaku.Files.Configuration;

namespace Kohaku.Analysis.Configuration;

/// <summary>Reads a configuration or profile by its path; how is not known here, so that this stays pure.</summary>
/// <param name="path">As a configuration says it, made absolute.</param>
public delegate ConfigurationText ReadText(string path);

/// <summary>Gives every file its settings: those of its configuration and of what that extends, with the layers of the editor and the command line over them.</summary>
/// <remarks>
/// Files with the same configuration, and the same overrides in it, share one <see cref="Settings"/>. Safe for any number of threads.
/// </remarks>
public sealed class SettingsSource
{
    private readonly RuleTable rules;
    private readonly ReadText read;
    private readonly IReadOnlyList<ConfigurationLayer> above;
    private readonly ConfigurationLoader loader;
    private readonly ConcurrentDictionary<string, SettingsFamily> families = new(StringComparer.Ordinal);
    private readonly List<ConfigurationProblem> problems = [];
    private readonly HashSet<ConfigurationProblem> reported = [];
    private readonly Lock gate = new();
    private readonly Dictionary<string, Profile> profiles = new(StringComparer.Ordinal);
    private SettingsFamily? unconfigured;

    /// <summary>A source for one run.</summary>
    /// <param name="rules">The rules that there are.</param>
    /// <param name="read">Reads configurations and profiles.</param>
    /// <param name="above">Layers over every configuration, the lowest first: the editor's settings, then the command line.</param>
    public SettingsSource(RuleTable rules, ReadText read, IReadOnlyList<ConfigurationLayer> above)
    {
        this.rules = rules;
        this.read = read;
        this.above = above;
        loader = new ConfigurationLoader(rules, read);
    }

    /// <summary>What was wrong in the configurations used so far, each problem once.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems
    {
        get
        {
            lock (gate) return [.. problems];
        }
    }

    /// <summary>The settings of one file.</summary>
    /// <param name="configuration">The file's configuration, absolute; null where it has none.</param>
    /// <param name="file">The file, absolute; what overrides are matched with.</param>
    public Settings For(string? configuration, string file) => FamilyOf(configuration).For(file);

    /// <summary>Whether a file or folder is passed over by <c>exclude</c>.</summary>
    /// <param name="configuration">The configuration of the folder that is walked, absolute; null where there is none.</param>
    /// <param name="path">Absolute.</param>
    public bool IsExcluded(string? configuration, string path) => FamilyOf(configuration).IsExcluded(path);

    private SettingsFamily FamilyOf(string? configuration)
    {
        if (configuration is null) return unconfigured ?? Load(null);
        return families.TryGetValue(configuration, out var known) ? known : Load(configuration);
    }

    private SettingsFamily Load(string? configuration)
    {
        lock (gate)
        {
            if (configuration is null) return unconfigured ??= new SettingsFamily(ConfigurationStack.Empty, above, rules, ProfileOf);
            if (families.TryGetValue(configuration, out var known)) return known;

            var stack = loader.Load(configuration);
            Report(stack.Problems);
            return families[configuration] = new SettingsFamily(stack, above, rules, ProfileOf);
        }
    }

    /// <summary>The profile of an id or path; the default where a file cannot be read or compiled, and that is reported.</summary>
    private Profile ProfileOf(string name)
    {
        if (Profile.Shipped(name) is { } shipped) return shipped;

        lock (gate)
        {
            if (profiles.TryGetValue(name, out var known)) return known;

            var isFile = name.EndsWith(ProfileKey.FileEnding, StringComparison.OrdinalIgnoreCase);
            var text = isFile ? read(name) : new ConfigurationText(null, Choices.NoSuch("profile", name, Profile.ShippedIds));
            if (text.Text is null) Report([new ConfigurationProblem(isFile ? name : "profile", 0, 0, "", text.Error ?? "the profile cannot be read")]);

            var compiled = text.Text is null ? null : ProfileCompiler.Compile(text.Text, name);
            Report(compiled?.Problems ?? []);
            return profiles[name] = compiled?.Bytes is { } bytes ? Profile.Read(bytes) : Profile.Default;
        }
    }

    /// <summary>Several configurations may extend the same one: its problems are told once.</summary>
    private void Report(IEnumerable<ConfigurationProblem> found)
    {
        foreach (var problem in found)
        {
            if (reported.Add(problem)) problems.Add(problem);
        }
    }
}
