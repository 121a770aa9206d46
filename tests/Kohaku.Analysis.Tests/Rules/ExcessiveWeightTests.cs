using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class ExcessiveWeightTests : RuleTests
{
    [Fact]
    public void A_weight_above_the_maximum_is_flagged() => Check<ExcessiveWeight>("(smile:[|3|])").Says("a weight of 3 is above 2.5");

    [Fact]
    public void The_maximum_itself_is_right() => Check<ExcessiveWeight>("(smile:2.5), (solo:0)").IsClean();

    [Fact]
    public void A_weight_below_zero_is_flagged() => Check<ExcessiveWeight>("(smile:[|-1|])").Says("a weight of -1 is below 0");

    [Fact]
    public void A_name_that_ends_in_a_number_has_another_finding() =>
        Check<ExcessiveWeight>("sonetto (reverse:1999), (smile, :3), (reverse:1999)").IsClean();

    [Fact]
    public void What_brackets_multiply_to_has_another_finding() => Check<ExcessiveWeight>("((smile:2):2)").IsClean();
}
