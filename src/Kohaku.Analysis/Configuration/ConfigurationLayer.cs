namespace Kohaku.Analysis.Configuration;

/// <summary>What one place says: a file, a part of it that holds for some files only, the editor, the command line.</summary>
public sealed class ConfigurationLayer
{
    private readonly Dictionary<ConfigurationKey, object> values;

    /// <summary>A layer that sets no key.</summary>
    public ConfigurationLayer() => values = [];

    private ConfigurationLayer(Dictionary<ConfigurationKey, object> values) => this.values = values;

    /// <summary>Says nothing.</summary>
    public static ConfigurationLayer Empty { get; } = new();

    /// <summary>Severities that it sets.</summary>
    public IReadOnlyList<RuleSetting> Rules { get; init; } = [];

    /// <summary>Which rules run at all; null says nothing.</summary>
    public RuleSelection? Selection { get; init; }

    /// <summary>What it says for some files only.</summary>
    public IReadOnlyList<ConfigurationOverride> Overrides { get; init; } = [];

    /// <summary>The same with one key set; for building layers in code.</summary>
    /// <typeparam name="T">The key's type.</typeparam>
    /// <param name="key">What to set.</param>
    /// <param name="value">To what.</param>
    public ConfigurationLayer With<T>(ConfigurationKey<T> key, T value)
        where T : notnull =>
        new(new Dictionary<ConfigurationKey, object>(values) { [key] = value }) { Rules = Rules, Selection = Selection, Overrides = Overrides };

    /// <summary>What this layer says of a key.</summary>
    /// <typeparam name="T">The key's type.</typeparam>
    /// <param name="key">What to look up.</param>
    /// <param name="value">What it says.</param>
    public bool TryGet<T>(ConfigurationKey<T> key, out T value)
        where T : notnull
    {
        var isSet = values.TryGetValue(key, out var found);
        value = isSet ? (T)found! : default!;
        return isSet;
    }

    internal void Set(ConfigurationKey key, object value) => values[key] = value;
}

/// <summary>What a configuration says for some files only.</summary>
/// <param name="Files">Which files.</param>
/// <param name="Layer">What it says for them.</param>
public sealed record ConfigurationOverride(IReadOnlyList<Glob> Files, ConfigurationLayer Layer);
