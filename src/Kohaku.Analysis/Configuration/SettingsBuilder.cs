using Kohaku.Analysis.Profiles;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Configuration;

/// <summary>Puts layers over each other.</summary>
internal static class SettingsBuilder
{
    /// <summary>The settings that layers give, the lowest first. A later layer's value holds; lists add up.</summary>
    public static Settings Build(IReadOnlyList<ConfigurationLayer> layers, RuleTable rules, Func<string, Profile> profileOf)
    {
        var profile = Last(layers, ConfigurationKeys.Profile, Profile.DefaultId) is var name && name == Profile.DefaultId ? Profile.Default : profileOf(name);
        if (layers.Count == 0) return Settings.Default(profile, rules);

        return new Settings(Severities(layers, rules))
        {
            Profile = profile,
            Dialect = Last(layers, ConfigurationKeys.Dialect, Dialect.A1111),
            DynamicPrompts = Last(layers, ConfigurationKeys.DynamicPrompts, false),
            Thresholds = new Thresholds(
                Last(layers, ConfigurationKeys.Strong, profile.Thresholds.Strong),
                Last(layers, ConfigurationKeys.Weak, profile.Thresholds.Weak)),
            Emphasis = profile.Emphasis with
            {
                Weak = Last(layers, ConfigurationKeys.EmphasisWeak, profile.Emphasis.Weak),
                Maximum = Last(layers, ConfigurationKeys.EmphasisMaximum, profile.Emphasis.Maximum),
            },
            TokenLimit = Last(layers, ConfigurationKeys.TokenLimit, 225),
            Sentences = Last(layers, ConfigurationKeys.Sentences, SentencePolicy.Ignore),
            Format = new FormatOptions(
                Last(layers, ConfigurationKeys.LinePerSection, false),
                Last(layers, ConfigurationKeys.ExplicitWeights, false)),
            Tags = new TagSources(
                All(layers, ConfigurationKeys.Databases),
                All(layers, ConfigurationKeys.ExtraTags),
                All(layers, ConfigurationKeys.Translations),
                All(layers, ConfigurationKeys.Allow)),
            Networks = All(layers, ConfigurationKeys.Networks),
            Embeddings = All(layers, ConfigurationKeys.Embeddings),
            Wildcards = All(layers, ConfigurationKeys.Wildcards),
            Baseline = LastPath(layers, ConfigurationKeys.Baseline),
            Model = LastPath(layers, ConfigurationKeys.Model),
            Vae = LastPath(layers, ConfigurationKeys.Vae),
            ModelFolders = All(layers, ConfigurationKeys.ModelFolders),
        };
    }

    private static Severity[] Severities(IReadOnlyList<ConfigurationLayer> layers, RuleTable rules)
    {
        var severities = rules.Defaults();
        foreach (var layer in layers)
        {
            RuleSetting.Apply(layer.Rules, rules, severities);
            layer.Selection?.Apply(rules, severities);
        }

        return severities;
    }

    private static T Last<T>(IReadOnlyList<ConfigurationLayer> layers, ConfigurationKey<T> key, T none)
        where T : notnull
    {
        for (var i = layers.Count - 1; i >= 0; i--)
        {
            if (layers[i].TryGet(key, out var value)) return value;
        }

        return none;
    }

    private static string? LastPath(IReadOnlyList<ConfigurationLayer> layers, ConfigurationKey<string> key) => Last(layers, key, "") is { Length: > 0 } path ? path : null;

    private static List<string> All(IReadOnlyList<ConfigurationLayer> layers, ConfigurationKey<IReadOnlyList<string>> key)
    {
        var all = new List<string>();
        foreach (var layer in layers)
        {
            if (layer.TryGet(key, out var values)) all.AddRange(values.Except(all));
        }

        return all;
    }
}
