using System.Text;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Documentation;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Tests.Documentation;

/// <summary>Every rule is registered, documented and tested; what is generated from its doc comment is current; its examples are true.</summary>
public sealed class RuleDocTests
{
    public static TheoryData<string> Names => [.. RuleRegistry.All.Select(rule => rule.Info.Name)];

    [Fact]
    public void Every_rule_of_the_folder_is_registered() =>
        Assert.Equal(
            typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract).Select(type => type.Name).Order(),
            RuleRegistry.All.Select(rule => rule.GetType().Name).Order());

    [Fact]
    public void Rules_stand_by_id_and_no_id_or_name_is_used_twice()
    {
        var ids = RuleRegistry.Infos.Select(rule => rule.Id).ToArray();

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids.Length, RuleRegistry.Infos.Select(rule => rule.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_has_tests(string name)
    {
        var rule = RuleRegistry.Find(name)!.GetType().Name;
        var tests = typeof(RuleDocTests).Assembly.GetTypes().SingleOrDefault(type => type.Name == rule + "Tests");

        Assert.True(tests is not null, $"there is no class {rule}Tests");
        Assert.Contains(tests.GetMethods(), method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0);
    }

    [Fact]
    public void The_table_of_documentation_is_current() => Repository.IsCurrent("src/Kohaku.Analysis/Documentation/RuleDocs.Data.cs", Table());

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_of_a_rule_is_current(string name)
    {
        var doc = RuleDocReader.Read().Single(doc => doc.Name == name);

        Repository.IsCurrent($"docs/rules/{doc.Name}.md", RulePage.Of(doc));
    }

    [Fact]
    public void The_list_of_rules_is_current()
    {
        var list = new StringBuilder("# Rules\n\nMade from the rules' own doc comments. `kohaku explain RULE` prints the same.\n\n| id | name | severity | flags |\n|---|---|---|---|\n");
        foreach (var doc in RuleDocReader.Read())
            list.Append($"| {doc.Id} | [{doc.Name}]({doc.Name}.md) | {RulePage.Word(doc.Severity)} | {doc.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n");

        Repository.IsCurrent("docs/rules/README.md", list.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_examples_of_a_rule_are_true(string name)
    {
        var rule = RuleRegistry.Find(name)!;
        var doc = RuleDocReader.Read()[rule.Index];
        var linter = new Linter(SettingsFor(rule), ServicesFor(rule), rule.Index == 0 ? null : [rule]);

        Assert.NotEmpty(doc.Bad);
        Assert.NotEmpty(doc.Good);
        foreach (var bad in doc.Bad)
        {
            var (text, spans) = Marked.Read(bad);
            Assert.NotEmpty(spans);
            Assert.Equal(Marked.Write(text, spans), Marked.Write(text, linter.Diagnose(text).Where(found => found.Rule == rule.Info).Select(found => found.Span)));
        }

        foreach (var good in doc.Good)
            Assert.DoesNotContain(linter.Diagnose(good), found => found.Rule == rule.Info);
    }

    /// <summary>Some rules look at what is only there when it is configured.</summary>
    internal static Settings SettingsFor(Rule rule) => rule.Info.Id == "KHK214" ? Shipped.Dynamic : Shipped.Delta;

    internal static LintServices ServicesFor(Rule rule) => Shipped.Services;

    private static string Table()
    {
        var code = new StringBuilder(
            "// Made from the rules' doc comments; KOHAKU_ACCEPT=1 with the tests makes it anew.\nnamespace Kohaku.Analysis.Documentation;\n\n"
            + "public static partial class RuleDocs\n{\n    private static RuleDoc[] Make() =>\n    [\n");
        foreach (var doc in RuleDocReader.Read())
        {
            code.Append($"        new({Literal(doc.Id)}, {Literal(doc.Name)}, Severity.{doc.Severity},\n");
            code.Append($"            {Literal(doc.Summary)},\n            {Literal(doc.Why)},\n");
            code.Append($"            [{string.Join(", ", doc.Bad.Select(Literal))}],\n            [{string.Join(", ", doc.Good.Select(Literal))}],\n");
            code.Append($"            {Literal(doc.Fix)}),\n");
        }

        return code.Append("    ];\n}\n").ToString();
    }

    private static string Literal(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal) + "\"";
}
