using Kohaku.Analysis.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

public sealed class RuleTableTests
{
    private static readonly RuleTable Table = RuleFacts.Table;

    [Theory]
    [InlineData("weak-tag", "KHK004")]
    [InlineData("KHK004", "KHK004")]
    [InlineData("khk0", "KHK000 KHK001 KHK002 KHK004 KHK005")]
    [InlineData("KHK10", "KHK101 KHK105")]
    [InlineData("all", "KHK000 KHK001 KHK002 KHK004 KHK005 KHK101 KHK105 KHK201 KHK901")]
    [InlineData("KHK7", "")]
    [InlineData("weak", "")]
    [InlineData("", "")]
    public void A_selector_names_rules(string selector, string ids) =>
        Assert.Equal(ids, string.Join(' ', Table.Select(selector).Select(rule => Table[rule].Id)));

    [Fact]
    public void With_select_only_the_selected_rules_run()
    {
        var settings = With(new RuleSelection(["KHK0"], []));

        Assert.Equal(Severity.Warning, settings.Of("rare-tag"));
        Assert.Equal(Severity.None, settings.Of("misordered-section"));
    }

    [Fact]
    public void Ignore_takes_rules_away_from_those_selected()
    {
        var settings = With(new RuleSelection(["KHK0"], ["weak-tag"]));

        Assert.Equal(Severity.Warning, settings.Of("rare-tag"));
        Assert.Equal(Severity.None, settings.Of("weak-tag"));
    }

    [Fact]
    public void A_rule_that_is_off_runs_when_selected_by_its_name() =>
        Assert.Equal(Severity.Hint, With(new RuleSelection(["missing-subject"], [])).Of("missing-subject"));

    [Fact]
    public void A_rule_that_is_off_stays_off_when_selected_with_others() =>
        Assert.Equal(Severity.None, With(new RuleSelection(["KHK1"], [])).Of("missing-subject"));

    [Theory]
    [InlineData("weak-tag", "all")]
    [InlineData("KHK0", "KHK901")]
    [InlineData("KHK0", "minor-sexual-content")]
    public void No_selection_silences_content_safety(string select, string ignore) =>
        Assert.Equal(Severity.Error, With(new RuleSelection([select], [ignore])).Of("KHK901"));

    [Fact]
    public void Selectors_that_name_nothing_are_told() =>
        Assert.Equal(["weak", "KHK8"], new RuleSelection(["weak", "KHK0"], ["KHK8"]).Unknown(Table));

    private static Settings With(RuleSelection selection)
    {
        var configurations = new Configurations("{}");
        configurations.Above.Add(new ConfigurationLayer { Selection = selection });
        return configurations.Settings();
    }
}
