using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class EmptyTagTests : RuleTests
{
    [Fact]
    public void A_second_comma_goes() => Check<EmptyTag>("a,[|,|] b").FixedTo("a, b");

    [Fact]
    public void Commas_with_blanks_between_go_together() => Check<EmptyTag>("a, [|, ,|] b").FixedTo("a, b");

    [Fact]
    public void A_comma_at_the_start_goes() => Check<EmptyTag>("[|,|] a").FixedTo("a");

    [Fact]
    public void A_comma_at_the_end_goes() => Check<EmptyTag>("a, b[|,|]").FixedTo("a, b");

    [Fact]
    public void The_comma_that_keeps_a_number_from_weighting_the_prompt_stays() => Check<EmptyTag>("1girl, :3,").IsClean();

    [Fact]
    public void Of_two_such_commas_one_stays() => Check<EmptyTag>("1girl, reverse:1999,[|,|]").FixedTo("1girl, reverse:1999,");

    [Fact]
    public void The_comma_behind_a_face_stays() => Check<EmptyTag>("1girl, :(, smile").IsClean();

    [Fact]
    public void A_comma_at_a_line_end_is_style() => Check<EmptyTag>("a,\nb").IsClean();

    [Fact]
    public void So_is_a_comma_at_a_line_start() => Check<EmptyTag>("a\n, b").IsClean();

    [Fact]
    public void A_line_of_a_comma_alone_is_emptied() => Check<EmptyTag>("a,\n[|,|] b").FixedTo("a,\nb");

    [Fact]
    public void A_comma_before_a_closing_bracket_goes() => Check<EmptyTag>("(a, b[|,|]), c").FixedTo("(a, b), c");

    [Fact]
    public void A_comma_behind_an_opening_bracket_goes() => Check<EmptyTag>("([|,|] a), c").FixedTo("(a), c");

    [Fact]
    public void Options_may_be_lists_that_end_in_a_comma() => Check<EmptyTag>("[a,:b,:3], [a,|b]").IsClean();

    [Fact]
    public void A_network_is_not_nothing() => Check<EmptyTag>("a, <lora:x:1>, b").IsClean();

    [Fact]
    public void The_end_of_the_positive_prompt_is_an_end() =>
        Check<EmptyTag>("a[|,|]\nNegative prompt: b[|,|]\nSteps: 20").FixedTo("a\nNegative prompt: b\nSteps: 20");

    [Fact]
    public void BREAK_may_follow_a_comma() => Check<EmptyTag>("a, BREAK b, AND c").IsClean();
}
