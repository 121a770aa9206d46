using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class RedundantTagTests : RuleTests
{
    [Fact]
    public void An_implied_tag_goes_without_saying() =>
        Check<RedundantTag>("1girl, cat ears, [|animal ears|]")
            .Says("`animal ears` goes without saying: `cat ears` implies it").Is(Severity.Hint).HasNoSafeFix().UnsafelyFixedTo("1girl, cat ears");

    [Fact]
    public void Order_makes_no_difference() => Check<RedundantTag>("[|animal ears|], cat ears");

    [Fact]
    public void A_tag_that_two_others_imply_is_said_once() => Check<RedundantTag>("cat ears, fox ears, [|animal ears|]");

    [Fact]
    public void A_tag_implied_through_another_is_found() => Check<RedundantTag>("card holding, cat girl, cat ears, [|animal ears|]");

    [Fact]
    public void More_emphasis_has_a_reason() => Check<RedundantTag>("cat ears, (animal ears:1.3)").IsClean();

    [Fact]
    public void Parts_joined_by_AND_are_different_prompts() => Check<RedundantTag>("cat ears AND animal ears").IsClean();

    [Fact]
    public void Tags_without_implications_are_fine() => Check<RedundantTag>("1girl, smile, long hair").IsClean();
}
