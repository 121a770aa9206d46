namespace Kohaku.Analysis.Tests.Configuration;

public sealed class ExtendsTests
{
    [Fact]
    public void A_configuration_lies_over_the_one_it_extends()
    {
        var configurations = new Configurations("""{ "extends": "base/kohaku.json", "tokenLimit": 2 }""")
            .And("/library/base/kohaku.json", """{ "tokenLimit": 1, "dynamicPrompts": true, "wildcards": "w", "rules": { "weak-tag": "none" } }""");

        var settings = configurations.Settings();
        Assert.Empty(configurations.Problems());
        Assert.Equal(2, settings.TokenLimit);
        Assert.True(settings.DynamicPrompts);
        Assert.Equal(["/library/base/w"], settings.Wildcards);
        Assert.Equal(Severity.None, settings.Of("weak-tag"));
    }

    [Fact]
    public void Of_several_the_last_holds() =>
        Assert.Equal(3, new Configurations("""{ "extends": ["a.json", "b.json"] }""")
            .And("/library/a.json", """{ "tokenLimit": 2 }""")
            .And("/library/b.json", """{ "tokenLimit": 3 }""")
            .Settings().TokenLimit);

    [Fact]
    public void Lists_add_up() =>
        Assert.Equal(["one", "two", "three"], new Configurations("""{ "extends": "a.json", "tags": { "allow": ["two", "three"] } }""")
            .And("/library/a.json", """{ "tags": { "allow": ["one", "two"] } }""")
            .Settings().Tags.Allow);

    [Fact]
    public void What_two_extend_is_laid_down_once()
    {
        var configurations = new Configurations("""{ "extends": ["a.json", "b.json"] }""")
            .And("/library/a.json", """{ "extends": "c.json", "tokenLimit": 2 }""")
            .And("/library/b.json", """{ "extends": "c.json" }""")
            .And("/library/c.json", """{ "tokenLimit": 1 }""");

        Assert.Empty(configurations.Problems());
        Assert.Equal(2, configurations.Settings().TokenLimit);
    }

    [Fact]
    public void A_circle_names_its_way()
    {
        var configurations = new Configurations("""{ "extends": "a.json", "tokenLimit": 7 }""")
            .And("/library/a.json", """{ "extends": "b.json" }""")
            .And("/library/b.json", """{ "extends": ["a.json"] }""");

        Assert.Equal(["/library/b.json:1:15: extends: a.json extends b.json extends a.json: a configuration cannot extend itself"], configurations.Problems());
        Assert.Equal(7, configurations.Settings().TokenLimit);
    }

    [Fact]
    public void A_configuration_that_extends_itself_is_a_circle() =>
        Assert.Equal(
            ["/library/kohaku.json:1:14: extends: kohaku.json extends kohaku.json: a configuration cannot extend itself"],
            new Configurations("""{ "extends": "./kohaku.json" }""").Problems());

    [Fact]
    public void A_missing_one_is_named_with_the_place_that_asks_for_it() =>
        Assert.Equal(
            ["/library/kohaku.json:2:14: extends: /library/nowhere.json: no such file"],
            new Configurations("{\n  \"extends\": \"nowhere.json\"\n}").Problems());

    [Fact]
    public void A_chain_without_end_is_cut()
    {
        var configurations = new Configurations("""{ "extends": "0.json" }""");
        for (var i = 0; i < 100; i++) configurations.And($"/library/{i}.json", $$"""{ "extends": "{{i + 1}}.json" }""");
        Assert.Equal(["/library/30.json:1:14: extends: the chain of extends is longer than 32"], configurations.Problems());
    }

    [Fact]
    public void Problems_of_the_extended_file_are_told_once()
    {
        var configurations = new Configurations("""{ "extends": ["a.json", "b.json"] }""")
            .And("/library/a.json", """{ "extends": "c.json" }""")
            .And("/library/b.json", """{ "extends": "c.json" }""")
            .And("/library/c.json", """{ "dialekt": "comfyui" }""");

        Assert.Equal(["/library/c.json:1:3: dialekt: no such key; the nearest is dialect"], configurations.Problems());
    }
}
