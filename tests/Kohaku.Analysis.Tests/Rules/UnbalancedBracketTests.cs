using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnbalancedBracketTests : RuleTests
{
    [Fact]
    public void A_bracket_that_is_never_closed_is_closed_at_the_end() => Check<UnbalancedBracket>("[|(|]unbalanced").FixedTo("(unbalanced)");

    [Fact]
    public void It_is_closed_behind_the_weight_that_it_was_opened_for() =>
        Check<UnbalancedBracket>("[|(|]smile:1.2, solo").FixedTo("(smile:1.2), solo");

    [Fact]
    public void The_weight_may_stand_at_a_later_tag() => Check<UnbalancedBracket>("[|(|]smile, blush:1.2, solo").FixedTo("(smile, blush:1.2), solo");

    [Fact]
    public void A_number_in_a_name_is_no_weight() => Check<UnbalancedBracket>("[|(|]reverse:1999, solo").HasNoSafeFix();

    [Fact]
    public void Without_a_weight_closing_behind_the_tag_is_a_guess() =>
        Check<UnbalancedBracket>("1girl, [|(|]smile, solo").HasNoSafeFix().UnsafelyFixedTo("1girl, (smile), solo");

    [Fact]
    public void Brackets_that_stand_together_are_closed_together() => Check<UnbalancedBracket>("[|(|][|(|]smile").FixedTo("((smile))");

    [Fact]
    public void Brackets_inside_stay_inside() =>
        Check<UnbalancedBracket>("[|(|](smile:1.1) blush:1.2, solo").FixedTo("((smile:1.1) blush:1.2), solo");

    [Fact]
    public void Square_brackets_count_too() =>
        Assert.Equal("[smile]", FixApplier.Apply("[smile", new Linter(Shipped.Delta, Shipped.Services, [RuleRegistry.Find("KHK201")!])).Text);

    [Fact]
    public void A_bracket_that_closes_nothing_is_flagged() =>
        Check<UnbalancedBracket>("smile[|)|], solo").HasNoSafeFix().UnsafelyFixedTo("smile, solo");

    [Fact]
    public void One_closing_bracket_too_many_goes() => Check<UnbalancedBracket>("(smile:1.2)[|)|], solo").FixedTo("(smile:1.2), solo");

    [Fact]
    public void A_weight_before_it_tells_what_it_should_hold() =>
        Check<UnbalancedBracket>("1girl, blue eyes:1.2[|)|], solo").HasNoSafeFix().UnsafelyFixedTo("1girl, (blue eyes:1.2), solo");

    [Fact]
    public void Each_kind_of_bracket_has_its_own_stack() => Check<UnbalancedBracket>("([a)]").IsClean();

    [Fact]
    public void Escaped_brackets_are_text() => Check<UnbalancedBracket>("\\(literal\\]").IsClean();

    [Fact]
    public void A_face_is_not_a_bracket() => Check<UnbalancedBracket>("smile, ;), >:(, solo").IsClean();

    [Fact]
    public void A_face_inside_brackets_is_left_out_of_the_count() => Check<UnbalancedBracket>("(smile, ;):1.2), c").IsClean();

    [Fact]
    public void A_half_escaped_name_is_not_a_bracket() => Check<UnbalancedBracket>("hatsune miku \\(vocaloid), solo").IsClean();

    [Fact]
    public void The_negative_prompt_is_looked_at_too() =>
        Check<UnbalancedBracket>("a\nNegative prompt: [|(|]lowres").FixedTo("a\nNegative prompt: (lowres)");

    [Fact]
    public void Two_offers_are_left_to_the_eye() =>
        Check<UnbalancedBracket>("[|(|]smile, solo").Offers("Close the bracket", "Remove the bracket").FixGives(1, "smile, solo");

    [Fact]
    public void It_is_an_error() => Check<UnbalancedBracket>("[|(|]a").Is(Severity.Error).Says("this bracket is never closed");

    [Fact]
    public void A_hundred_thousand_brackets_take_no_time() =>
        Assert.Equal(100_000, new Linter(Shipped.Delta, Shipped.Services, [RuleRegistry.Find("KHK201")!]).Diagnose(new string('(', 100_000)).Count);
}
