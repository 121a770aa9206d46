using Kohaku.Analysis.Configuration;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class ConfigurationTests
{
    [Fact]
    public void Without_configuration_every_rule_has_its_default()
    {
        var settings = new Configurations("").Source().For(null, "/library/a.prompt");

        Assert.Equal(Severity.Info, settings.Of("weak-tag"));
        Assert.Equal(Severity.None, settings.Of("missing-subject"));
        Assert.Equal("kohaku-xl-delta", settings.Profile.Id);
        Assert.Equal((1000, 100), (settings.Thresholds.Strong, settings.Thresholds.Weak));
        Assert.Equal(225, settings.TokenLimit);
        Assert.True(settings.Tags.IsEmpty);
    }

    [Fact]
    public void Without_configuration_nothing_is_read()
    {
        var configurations = new Configurations("{}");
        configurations.Source().For(null, "/library/a.prompt");
        Assert.Equal(0, configurations.Reads);
    }

    [Fact]
    public void Every_key_is_taken()
    {
        var configurations = new Configurations("""
            // Everything, with comments
            {
              "$schema": "x",
              "profile": "kohaku-xl-epsilon", "dialect": "comfyui", "dynamicPrompts": true, "sentences": "report", "tokenLimit": 150,
              "thresholds": { "strong": 2000, "weak": 50 },
              "emphasis": { "weak": 1.25, "maximum": 2 }, /* and more */
              "tags": { "databases": ["a.db"], "extra": "more.csv", "translations": ["ja.csv"], "allow": ["my style"] },
              "format": { "linePerSection": true, "explicitWeights": true },
              "networks": "lora", "embeddings": ["../embeddings"], "wildcards": ["w"], "baseline": "known.json", "exclude": ["drafts/"],
              "rules": { "weak-tag": "error", "KHK005": "none", },
            }
            """);
        Assert.Empty(configurations.Problems());

        var settings = configurations.Settings();
        Assert.Equal("kohaku-xl-epsilon", settings.Profile.Id);
        Assert.Equal(Dialect.ComfyUI, settings.Dialect);
        Assert.True(settings.DynamicPrompts);
        Assert.Equal(SentencePolicy.Report, settings.Sentences);
        Assert.Equal(150, settings.TokenLimit);
        Assert.Equal((2000, 50), (settings.Thresholds.Strong, settings.Thresholds.Weak));
        Assert.Equal((1.25, 2.0, "No norm"), (settings.Emphasis.Weak, settings.Emphasis.Maximum, settings.Emphasis.Mode));
        Assert.Equal(["/library/a.db"], settings.Tags.Databases);
        Assert.Equal(["/library/more.csv"], settings.Tags.Extra);
        Assert.Equal(["/library/ja.csv"], settings.Tags.Translations);
        Assert.Equal(["my style"], settings.Tags.Allow);
        Assert.Equal(new FormatOptions(true, true), settings.Format);
        Assert.Equal(["/library/lora"], settings.Networks);
        Assert.Equal(["/embeddings"], settings.Embeddings);
        Assert.Equal(["/library/w"], settings.Wildcards);
        Assert.Equal("/library/known.json", settings.Baseline);
        Assert.Equal(Severity.Error, settings.Of("weak-tag"));
        Assert.Equal(Severity.None, settings.Of("rare-tag"));
    }

    [Fact]
    public void A_rule_is_named_by_name_or_id_in_any_case() =>
        Assert.Equal(Severity.Hint, new Configurations("""{ "rules": { "khk001": "Hint" } }""").Settings().Of("underscore-in-tag"));

    [Fact]
    public void The_narrower_selector_holds_wherever_it_stands()
    {
        var settings = new Configurations("""{ "rules": { "weak-tag": "error", "KHK0": "hint", "all": "none" } }""").Settings();

        Assert.Equal(Severity.Error, settings.Of("weak-tag"));
        Assert.Equal(Severity.Hint, settings.Of("rare-tag"));
        Assert.Equal(Severity.None, settings.Of("misordered-section"));
    }

    [Fact]
    public void No_selector_silences_content_safety() =>
        Assert.Equal(Severity.Error, new Configurations("""{ "rules": { "all": "none", "KHK9": "hint" } }""").Settings().Of("KHK901"));

    [Fact]
    public void Naming_content_safety_is_reported()
    {
        var configurations = new Configurations("""{ "rules": { "minor-sexual-content": "none" } }""");

        Assert.Equal(Severity.Error, configurations.Settings().Of("KHK901"));
        Assert.Equal(["/library/kohaku.json:1:14: rules.minor-sexual-content: KHK901 is not a matter of style: it is always an error"], configurations.Problems());
    }

    [Fact]
    public void An_override_holds_for_its_files_only()
    {
        var configurations = new Configurations("""
            { "overrides": [ { "files": ["styles/", "*.txt"], "dialect": "comfyui", "rules": { "weak-tag": "none" } } ] }
            """);

        Assert.Equal(Dialect.A1111, configurations.Settings("/library/a.prompt").Dialect);
        Assert.Equal(Dialect.ComfyUI, configurations.Settings("/library/deep/a.txt").Dialect);
        Assert.Equal(Severity.None, configurations.Settings("/library/styles/deep/a.prompt").Of("weak-tag"));
        Assert.Equal(Dialect.A1111, configurations.Settings("/elsewhere/a.txt").Dialect);
    }

    [Fact]
    public void The_later_override_holds() =>
        Assert.Equal(3, new Configurations("""
            { "tokenLimit": 1, "overrides": [ { "files": "*", "tokenLimit": 2 }, { "files": "a.*", "tokenLimit": 3 } ] }
            """).Settings().TokenLimit);

    [Fact]
    public void Files_under_the_same_overrides_share_their_settings()
    {
        var source = new Configurations("""{ "overrides": [ { "files": "*.txt", "tokenLimit": 2 } ] }""").Source();

        Assert.Same(source.For(Configurations.Main, "/library/a.txt"), source.For(Configurations.Main, "/library/b.txt"));
        Assert.Same(source.For(Configurations.Main, "/library/a.prompt"), source.For(Configurations.Main, "/library/b.prompt"));
        Assert.NotSame(source.For(Configurations.Main, "/library/a.txt"), source.For(Configurations.Main, "/library/a.prompt"));
    }

    [Fact]
    public void A_configuration_is_read_once()
    {
        var configurations = new Configurations("{}");
        var source = configurations.Source();
        for (var i = 0; i < 100; i++) source.For(Configurations.Main, $"/library/{i}.prompt");
        Assert.Equal(1, configurations.Reads);
    }

    [Fact]
    public void Layers_lie_over_the_file_and_over_each_other()
    {
        var configurations = new Configurations("""{ "tokenLimit": 1, "dialect": "comfyui", "rules": { "weak-tag": "none" } }""");
        configurations.Above.Add(new ConfigurationLayer().With(ConfigurationKeys.TokenLimit, 2));
        configurations.Above.Add(ConfigurationReader.Read("""{ "tokenLimit": 3, "rules": { "weak-tag": "hint" } }""", "the editor", RuleFacts.Table).Layer);

        var settings = configurations.Settings();
        Assert.Equal(3, settings.TokenLimit);
        Assert.Equal(Dialect.ComfyUI, settings.Dialect);
        Assert.Equal(Severity.Hint, settings.Of("weak-tag"));
    }

    [Fact]
    public void Layers_hold_without_a_configuration_too()
    {
        var configurations = new Configurations("{}");
        configurations.Above.Add(new ConfigurationLayer().With(ConfigurationKeys.DynamicPrompts, true));
        Assert.True(configurations.Source().For(null, "/library/a.prompt").DynamicPrompts);
    }

    [Fact]
    public void Excluded_paths_are_told()
    {
        var source = new Configurations("""{ "exclude": ["drafts/", "*.old.prompt"] }""").Source();

        Assert.True(source.IsExcluded(Configurations.Main, "/library/drafts"));
        Assert.True(source.IsExcluded(Configurations.Main, "/library/library/drafts/a.prompt"));
        Assert.True(source.IsExcluded(Configurations.Main, "/library/a.old.prompt"));
        Assert.False(source.IsExcluded(Configurations.Main, "/library/a.prompt"));
        Assert.False(source.IsExcluded(null, "/library/drafts"));
    }

    [Fact]
    public void A_profile_of_ones_own_is_read_and_compiled()
    {
        var json = Repository.Read("data/profiles/kohaku-xl-delta.json").Replace("\"kohaku-xl-delta\"", "\"mine\"", StringComparison.Ordinal);
        var configurations = new Configurations("""{ "profile": "models/mine.json" }""").And("/library/models/mine.json", json);

        Assert.Equal("mine", configurations.Settings().Profile.Id);
        Assert.Empty(configurations.Problems());
    }

    [Fact]
    public void A_profile_with_a_mistake_is_reported_and_the_default_used()
    {
        var configurations = new Configurations("""{ "profile": "mine.json" }""").And("/library/mine.json", """{ "idd": "x" }""");

        Assert.Equal("kohaku-xl-delta", configurations.Settings().Profile.Id);
        Assert.Contains("/library/mine.json:1:3: idd: no such key; the nearest is id", configurations.Problems());
    }

    [Fact]
    public void A_profile_that_the_command_line_misspells_is_reported()
    {
        var configurations = new Configurations("{}");
        configurations.Above.Add(ConfigurationLayer.Empty.With(ConfigurationKeys.Profile, "kohaku-xl-detla"));

        Assert.Equal("kohaku-xl-delta", configurations.Settings().Profile.Id);
        Assert.Equal(["profile: no such profile: kohaku-xl-detla; the nearest is kohaku-xl-delta"], configurations.Problems());
    }

    [Fact]
    public void The_empty_layer_stays_empty()
    {
        ConfigurationLayer.Empty.With(ConfigurationKeys.TokenLimit, 3);
        Assert.False(ConfigurationLayer.Empty.TryGet(ConfigurationKeys.TokenLimit, out _));
    }

    [Fact]
    public void A_missing_profile_is_reported() =>
        Assert.Equal(["/library/mine.json: no such file"], new Configurations("""{ "profile": "mine.json" }""").Problems());
}
