using System.Text;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("""{ "dialects": "a1111" }""", "1:3: dialects: no such key; the nearest is dialect")]
    [InlineData("""{ "rules": { "weak-tags": "none" } }""", "1:14: rules.weak-tags: no such rule; the nearest is weak-tag")]
    [InlineData("""{ "rules": { "quite another thing": "none" } }""", "1:14: rules.quite another thing: no such rule")]
    [InlineData("""{ "rules": { "weak-tag": "warn" } }""", "1:26: rules.weak-tag: no such severity: warn; there are none, hint, info, warning, error")]
    [InlineData("""{ "rules": { "weak-tag": "warnin" } }""", "1:26: rules.weak-tag: no such severity: warnin; the nearest is warning")]
    [InlineData("""{ "rules": { "weak-tag": 2 } }""", "1:26: rules.weak-tag: 2 stands where one of none, hint, info, warning, error belongs")]
    [InlineData("""{ "rules": [] }""", "1:12: rules: a list stands where an object belongs")]
    [InlineData("""{ "dialect": "comfy ui" }""", "1:14: dialect: no such value: comfy ui; the nearest is comfyui")]
    [InlineData("""{ "dialect": null }""", "1:14: dialect: null stands where one of a1111, comfyui belongs")]
    [InlineData("""{ "profile": "kohaku-xl-detla" }""", "1:14: profile: no such profile: kohaku-xl-detla; the nearest is kohaku-xl-delta")]
    [InlineData("""{ "tokenLimit": "225" }""", "1:17: tokenLimit: \"225\" stands where a whole number from 1 to 1000000 belongs")]
    [InlineData("""{ "tokenLimit": 1.5 }""", "1:17: tokenLimit: 1.5 stands where a whole number from 1 to 1000000 belongs")]
    [InlineData("""{ "tokenLimit": 99999999999999999999999 }""", "1:17: tokenLimit: 99999999999999999999999 stands where a whole number from 1 to 1000000 belongs")]
    [InlineData("""{ "emphasis": { "weak": NaN } }""", "1:25: emphasis.weak: NaN stands where a number from 0 to 100 belongs")]
    [InlineData("""{ "emphasis": { "strong": 2 } }""", "1:17: emphasis.strong: no such key")]
    [InlineData("""{ "emphasis": 2 }""", "1:15: emphasis: 2 stands where an object belongs")]
    [InlineData("""{ "thresholds": { "stong": 2 } }""", "1:19: thresholds.stong: no such key; the nearest is strong")]
    [InlineData("""{ "dynamicPrompts": "yes" }""", "1:21: dynamicPrompts: \"yes\" stands where true or false belongs")]
    [InlineData("""{ "networks": 3 }""", "1:15: networks: 3 stands where a path or a list of paths, relative to the file that says them belongs")]
    [InlineData("""{ "tags": { "allow": ["a", 3] } }""", "1:28: tags.allow: 3 stands where text belongs")]
    [InlineData("""{ "overrides": [ { "dialect": "comfyui" } ] }""", "1:18: overrides[0]: does not say which files it is for: it needs \"files\"")]
    [InlineData("""{ "overrides": [ { "files": "*", "networks": "x" } ] }""", "1:34: overrides[0].networks: holds for all files alike; it cannot stand in overrides")]
    [InlineData("""{ "overrides": [ { "files": "*", "extends": "x" } ] }""", "1:34: overrides[0].extends: no such key")]
    [InlineData("""{ "overrides": {} }""", "1:16: overrides: an object stands where a list belongs")]
    [InlineData("""{ "overrides": [ 1 ] }""", "1:18: overrides[0]: 1 stands where an object belongs")]
    [InlineData("""{ "extends": [1] }""", "1:15: extends: 1 stands where a path belongs")]
    [InlineData("""{ "tokenLimit": 1, "tokenLimit": 2 }""", "1:20: tokenLimit: stands twice; the last one counts")]
    [InlineData("[]", "1:1: a list stands where an object belongs")]
    [InlineData("", "1:1: the file is empty; the smallest configuration is {}")]
    [InlineData("// nothing", "1:1: the file is empty; the smallest configuration is {}")]
    public void A_mistake_is_said_with_its_place(string text, string problem) =>
        Assert.Equal([$"{Configurations.Main}:{problem}"], new Configurations(text).Problems());

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"a\" ")]
    [InlineData("{ \"a\": }")]
    [InlineData("{ \"dialect\": \"a1111\" ")]
    [InlineData("{} {}")]
    [InlineData("{ \"a\": new Date(1) }")]
    [InlineData("{ \"a\": undefined }")]
    [InlineData("\0")]
    [InlineData("{ \"a\": \"\\u12\" }")]
    [InlineData("PK\u0003\u0004")]
    public void Text_that_is_no_json_gives_one_problem_with_a_place(string text)
    {
        var problem = Assert.Single(new Configurations(text).Problems());
        Assert.Matches(@"^/library/kohaku\.json:\d+:\d+: ", problem);
    }

    [Fact]
    public void After_a_mistake_the_rest_still_holds()
    {
        var settings = new Configurations("""{ "dialect": "x", "tokenLimit": 9, "rules": { "no-such": "none", "weak-tag": "error" } }""").Settings();

        Assert.Equal(9, settings.TokenLimit);
        Assert.Equal(Severity.Error, settings.Of("weak-tag"));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public void Lines_are_counted_whatever_ends_them(string end) =>
        Assert.Equal(
            [$"{Configurations.Main}:3:3: dialekt: no such key; the nearest is dialect"],
            new Configurations($"{{{end}  // a comment{end}  \"dialekt\": 1{end}}}").Problems());

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Equal([$"{Configurations.Main}:1:3: dialekt: no such key; the nearest is dialect"], new Configurations("\uFEFF{ \"dialekt\": 1 }").Problems());

    [Fact]
    public void Quotes_inside_names_and_texts_do_not_move_the_place() =>
        Assert.Equal(
            [
                $$"""{{Configurations.Main}}:1:3: a"b\: no such key""",
                $$"""{{Configurations.Main}}:1:28: dialect: no such value: "\; there are a1111, comfyui""",
            ],
            new Configurations("""{ "a\"b\\": "", "dialect": "\"\\" }""").Problems());

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Brackets_without_end_are_an_error_and_no_crash(string open)
    {
        var text = new StringBuilder().Insert(0, open, 100_000).ToString();
        Assert.Contains("brackets nest deeper than 32", Assert.Single(new Configurations(text).Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_unknown_keys_are_reported_in_no_time()
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < 10_000; i++) text.Append("\"k").Append(i).Append("\":0,");
        Assert.Equal(10_000, new Configurations(text.Append('}').ToString()).Problems().Count);
    }
}
