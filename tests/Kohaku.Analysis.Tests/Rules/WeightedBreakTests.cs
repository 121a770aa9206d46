using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class WeightedBreakTests : RuleTests
{
    [Fact]
    public void BREAK_in_brackets_is_flagged() => Check<WeightedBreak>("(a [|BREAK|] b:1.2)").HasNoSafeFix().UnsafelyFixedTo("(a:1.2) BREAK (b:1.2)");

    [Fact]
    public void Brackets_without_a_number_weigh_too() => Check<WeightedBreak>("(a [|BREAK|] b)").UnsafelyFixedTo("(a) BREAK (b)");

    [Fact]
    public void BREAK_outside_is_right() => Check<WeightedBreak>("(a) BREAK (b)").IsClean();

    [Fact]
    public void Editing_does_not_weigh() => Check<WeightedBreak>("[a BREAK b:c:0.5]").IsClean();

    [Fact]
    public void A_weight_of_one_does_not_weigh() => Check<WeightedBreak>("(a BREAK b:1)").IsClean();

    [Fact]
    public void A_word_that_holds_it_is_none() => Check<WeightedBreak>("(aBREAK b)").IsClean();
}
