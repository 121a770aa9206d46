using System.Text.Json;
using Kohaku.Cli.Reporters;

namespace Kohaku.Cli.Tests.Reporters;

/// <summary>What SARIF 2.1.0's schema (OASIS, sarif-schema-2.1.0.json) requires of the objects that are written.</summary>
public sealed class SarifSchemaTests
{
    private static readonly JsonElement Log = JsonDocument.Parse(
        Sample.Written(output => new SarifReporter(output, Sample.Rules), new Failure("x.prompt", "unreadable"))).RootElement;

    private static JsonElement Run => Log.GetProperty("runs")[0];

    [Fact]
    public void A_log_has_its_version_and_runs()
    {
        Assert.Equal("2.1.0", Log.GetProperty("version").GetString());
        Assert.Equal(1, Log.GetProperty("runs").GetArrayLength());
    }

    [Fact]
    public void A_run_has_a_tool_whose_driver_has_a_name() =>
        Assert.Equal("kohaku", Run.GetProperty("tool").GetProperty("driver").GetProperty("name").GetString());

    [Fact]
    public void A_rule_has_a_unique_id_and_an_absolute_help_address()
    {
        var rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();

        Assert.Equal(rules.Count, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(rules, rule => Assert.True(Uri.IsWellFormedUriString(rule.GetProperty("helpUri").GetString(), UriKind.Absolute)));
        Assert.All(rules, rule => Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!));
    }

    [Fact]
    public void A_result_has_a_message_a_level_of_the_enumeration_and_the_index_of_its_rule()
    {
        var rules = Run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.All(Run.GetProperty("results").EnumerateArray(), result =>
        {
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Assert.Contains(result.GetProperty("level").GetString(), new[] { "none", "note", "warning", "error" });
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
        });
    }

    [Fact]
    public void A_location_is_a_URI_reference_and_a_region_from_one()
    {
        Assert.All(Run.GetProperty("results").EnumerateArray(), result =>
        {
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.True(Uri.IsWellFormedUriString(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative));
            Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
            Assert.True(place.GetProperty("region").GetProperty("startColumn").GetInt32() >= 1);
        });
    }

    [Fact]
    public void Columns_are_UTF_16_units() => Assert.Equal("utf16CodeUnits", Run.GetProperty("columnKind").GetString());

    [Fact]
    public void A_fix_has_changes_of_a_file_with_replacements_of_a_region()
    {
        var fixes = Run.GetProperty("results").EnumerateArray().Where(result => result.TryGetProperty("fixes", out _)).ToList();

        Assert.NotEmpty(fixes);
        Assert.All(fixes, result =>
        {
            var change = result.GetProperty("fixes")[0].GetProperty("artifactChanges")[0];
            Assert.NotEmpty(change.GetProperty("artifactLocation").GetProperty("uri").GetString()!);
            Assert.True(change.GetProperty("replacements")[0].GetProperty("deletedRegion").GetProperty("startLine").GetInt32() >= 1);
        });
    }

    [Fact]
    public void An_invocation_says_whether_it_succeeded_and_why_not()
    {
        var invocation = Run.GetProperty("invocations")[0];

        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal("unreadable", invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString());
    }
}
