using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnusedSuppressionTests
{
    [Fact]
    public void A_suppression_on_a_line_of_its_own_holds_for_the_rest_of_the_prompt() =>
        Assert.Equal("KHK001", Codes("long_hair\n# kohaku: disable=underscore-in-tag\nblue_eyes\ngreen_eyes\n---\nred_eyes", 2));

    [Fact]
    public void A_suppression_at_a_lines_end_holds_for_that_line() =>
        Assert.Equal("KHK001", Codes("long_hair, # kohaku: disable=KHK001\nblue_eyes", 1));

    [Fact]
    public void Enable_ends_a_suppression() =>
        Assert.Equal("KHK001", Codes("# kohaku: disable=underscore-in-tag\nlong_hair\n# kohaku: enable=underscore-in-tag\nblue_eyes", 1));

    [Fact]
    public void Disable_file_holds_for_the_file() => Assert.Equal("", Codes("# kohaku: disable-file=underscore-in-tag\nlong_hair\n---\nblue_eyes", 0));

    [Fact]
    public void What_suppresses_nothing_is_reported() => Assert.Equal("KHK000", Codes("smile # kohaku: disable=underscore-in-tag", 1));

    [Fact]
    public void A_rule_that_is_none_is_reported() => Assert.Equal("KHK000", Codes("smile # kohaku: disable=weak-tags", 1));

    [Theory]
    [InlineData("smile # kohaku: disable=underscore-in-tag", "smile")]
    [InlineData("# kohaku: disable=underscore-in-tag\nsmile", "smile")]
    [InlineData("long_hair # kohaku: disable=underscore-in-tag, duplicate-tag", "long_hair # kohaku: disable=underscore-in-tag")]
    [InlineData("long_hair # kohaku: disable=duplicate-tag, KHK001", "long_hair # kohaku: disable=KHK001")]
    public void The_fix_takes_the_name_or_the_comment_away(string text, string expected) =>
        Assert.Equal(expected, FixApplier.Apply(text, new Linter(Shipped.Delta, Shipped.Services)).Text);

    private static string Codes(string text, int count)
    {
        var found = new Linter(Shipped.Delta, Shipped.Services).Diagnose(text).Where(diagnostic => diagnostic.Rule.Id is "KHK000" or "KHK001").ToArray();
        Assert.Equal(count, found.Length);
        return string.Join(',', found.Select(diagnostic => diagnostic.Rule.Id).Distinct());
    }
}
