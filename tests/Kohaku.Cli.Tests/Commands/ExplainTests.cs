using Kohaku.Analysis;

namespace Kohaku.Cli.Tests.Commands;

public sealed class ExplainTests
{
    [Theory]
    [InlineData("KHK102")]
    [InlineData("khk102")]
    [InlineData("duplicate-tag")]
    public void A_rule_is_found_by_id_and_by_name(string name) =>
        Assert.StartsWith("KHK102 duplicate-tag  warning\n", Cli.Run("explain", name).Output, StringComparison.Ordinal);

    [Fact]
    public void Bad_examples_are_marked() =>
        Assert.Contains("Bad   1girl, long_hair\n             ^^^^^^^^^\n", Cli.Run("explain", "underscore-in-tag").Output, StringComparison.Ordinal);

    [Fact]
    public void All_has_a_line_for_every_rule()
    {
        var output = Cli.Run("explain", "all").Output;

        Assert.All(RuleRegistry.Infos, info => Assert.Contains($"{info.Id}  {info.Name}", output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_rule_can_be_explained() =>
        Assert.All(RuleRegistry.Infos, info => Assert.Equal(0, Cli.Run("explain", info.Name).Code));

    [Fact]
    public void An_unknown_rule_names_the_nearest() =>
        Assert.Equal("error: duplicates-tag: no such rule\n  = The nearest is: kohaku explain duplicate-tag\n", Cli.Run("explain", "duplicates-tag").Error);
}
