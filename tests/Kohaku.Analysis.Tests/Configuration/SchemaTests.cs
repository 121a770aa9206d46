using System.Text.Json;
using Kohaku.Analysis.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class SchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(ConfigurationSchema.Generate(RuleFacts.Table)).RootElement;

    [Fact]
    public void Every_key_is_in_the_schema() =>
        Assert.All(ConfigurationKeys.All, key => Assert.True(Property(Schema.GetProperty("properties"), key).TryGetProperty("description", out _)));

    [Fact]
    public void Every_key_that_may_differ_between_files_is_in_overrides()
    {
        var properties = Schema.GetProperty("properties").GetProperty("overrides").GetProperty("items").GetProperty("properties");

        Assert.All(ConfigurationKeys.All.Where(key => key.InOverrides), key => Property(properties, key));
        Assert.False(properties.TryGetProperty("networks", out _));
    }

    [Fact]
    public void The_schema_lists_the_rules_but_the_one_that_nothing_changes()
    {
        var rules = Schema.GetProperty("definitions").GetProperty("rules").GetProperty("properties");

        Assert.True(rules.TryGetProperty("weak-tag", out _));
        Assert.False(rules.TryGetProperty("minor-sexual-content", out _));
    }

    [Fact]
    public void Every_example_is_taken_without_a_problem() =>
        Assert.All(ConfigurationKeys.All, key =>
        {
            var text = key.Group.Length > 0 ? $$"""{ "{{key.Group}}": { "{{key.Name}}": {{key.Example}} } }""" : $$"""{ "{{key.Name}}": {{key.Example}} }""";
            Assert.Empty(ConfigurationReader.Read(text, "/library/kohaku.json", RuleFacts.Table).Problems);
        });

    private static JsonElement Property(JsonElement properties, ConfigurationKey key) =>
        key.Group.Length > 0
            ? properties.GetProperty(key.Group).GetProperty("properties").GetProperty(key.Name)
            : properties.GetProperty(key.Name);
}
