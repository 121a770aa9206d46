using System.Text.Json;
using System.Xml.Linq;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;
using Snapshooter.Xunit;

namespace Kohaku.Cli.Tests.Reporters;

public sealed class ReporterTests
{
    private static readonly Failure Unreadable = new("library/secret.prompt", "permission denied");

    private static readonly Look Dark = new(ColourDepth.True, false, true, 100, true);

    [Fact]
    public void Full_shows_the_line_with_carets_and_the_fix() => Snapshot.Match(Sample.Written(output => new FullReporter(output, Look.Plain)));

    [Fact]
    public void Full_in_colours_says_in_amber_what_it_says_about_the_model() => Snapshot.Match(Sample.Written(output => new FullReporter(output, Dark)).Replace('\e', '~'));

    [Fact]
    public void Full_without_Unicode_is_ASCII()
    {
        var written = Sample.Written(output => new FullReporter(output, Look.Plain with { Unicode = false }));

        Assert.True(System.Text.Ascii.IsValid(written));
        Snapshot.Match(written);
    }

    [Fact]
    public void Concise_is_a_line_a_finding() => Snapshot.Match(Sample.Written(output => new ConciseReporter(output, Look.Plain)));

    [Fact]
    public void Json_is_one_array() => Snapshot.Match(Sample.Written(output => new JsonReporter(output)));

    [Fact]
    public void Json_of_nothing_is_an_empty_array()
    {
        var output = new StringWriter();
        var reporter = new JsonReporter(output);
        reporter.Begin();
        reporter.End(new RunSummary());

        Assert.Equal("[]\n", output.ToString());
    }

    [Fact]
    public void Json_lines_are_an_object_a_finding()
    {
        var written = Sample.Written(output => new JsonLinesReporter(output));

        Assert.All(written.TrimEnd('\n').Split('\n'), line => JsonDocument.Parse(line).Dispose());
        Snapshot.Match(written);
    }

    [Fact]
    public void Sarif_holds_rules_results_and_fixes() => Snapshot.Match(Sample.Written(output => new SarifReporter(output, Sample.Rules), Unreadable));

    [Fact]
    public void GitHub_commands_are_escaped() => Snapshot.Match(Sample.Written(output => new GitHubReporter(output), Unreadable));

    [Fact]
    public void GitLab_is_a_code_quality_report() => Snapshot.Match(Sample.Written(output => new GitLabReporter(output)));

    [Fact]
    public void JUnit_is_a_suite_a_file()
    {
        var written = Sample.Written(output => new JUnitReporter(output), Unreadable);

        Assert.Equal("testsuites", XDocument.Parse(written).Root!.Name.LocalName);
        Snapshot.Match(written);
    }

    [Fact]
    public void A_fingerprint_outlives_an_edit_above()
    {
        Assert.Equal(Fingerprint("long_hair"), Fingerprint("smile,\nlong_hair"));

        static string Fingerprint(string text)
        {
            var output = new StringWriter();
            var reporter = new GitLabReporter(output);
            reporter.Begin();
            var rule = new Analysis.RuleInfo("KHK001", "underscore-in-tag", Analysis.Severity.Warning);
            var span = new Syntax.TextSpan(text.IndexOf("long_hair", StringComparison.Ordinal), 9);
            reporter.Report([new(new PlainSource("a.prompt", text), new(rule, rule.Default, span, "m", null, [], []))]);
            reporter.End(new RunSummary());
            using var json = JsonDocument.Parse(output.ToString());
            return json.RootElement[0].GetProperty("fingerprint").GetString()!;
        }
    }
}
