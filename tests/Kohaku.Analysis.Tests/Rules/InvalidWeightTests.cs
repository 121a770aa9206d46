using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class InvalidWeightTests : RuleTests
{
    private static readonly ParseOptions Comfy = new(Dialect: Dialect.ComfyUI);

    [Fact]
    public void Two_points_make_no_number() => Check<InvalidWeight>("(a:[|1.2.3|])").HasNoSafeFix();

    [Fact]
    public void A_decimal_comma_becomes_a_point() => Check<InvalidWeight>("(a:[|1,2|])").FixedTo("(a:1.2)");

    [Fact]
    public void A_comma_behind_the_number_goes() => Check<InvalidWeight>("(smile:[|1.2,|])").FixedTo("(smile:1.2)");

    [Fact]
    public void A_comma_that_keeps_a_name_whole_stays() => Check<InvalidWeight>("(reverse:1999,)").IsClean();

    [Fact]
    public void A_colon_without_a_number_goes() => Check<InvalidWeight>("(smile[|:|]), solo").FixedTo("(smile), solo");

    [Fact]
    public void A_face_that_ends_in_a_colon_is_a_face() => Check<InvalidWeight>("(d:), (smile, c:)").IsClean();

    [Fact]
    public void Infinity_is_no_weight() => Check<InvalidWeight>("(a:[|inf|])").HasNoSafeFix();

    [Fact]
    public void ComfyUI_takes_infinity_for_a_number() => Check<InvalidWeight>("(a:[|inf|])", options: Comfy).HasNoSafeFix();

    [Fact]
    public void ComfyUI_takes_an_exponent_for_a_number() => Check<InvalidWeight>("(a:[|1e1|])", options: Comfy).FixedTo("(a:10)");

    [Fact]
    public void An_exponent_is_text_in_A1111() => Check<InvalidWeight>("(a:[|1e1|])").HasNoSafeFix();

    [Fact]
    public void A_sign_a_point_and_blanks_are_right() => Check<InvalidWeight>("(a: 1.2 ), (a:.5), (a:+1.1)").IsClean();

    [Fact]
    public void Of_two_weights_the_last_counts() => Check<InvalidWeight>("(a:1.2:1.3)").IsClean();

    [Fact]
    public void A_weight_without_brackets_is_text() =>
        Check<InvalidWeight>("smile[|:1.2|], solo").HasNoSafeFix().UnsafelyFixedTo("(smile:1.2), solo");

    [Fact]
    public void A_weight_in_the_middle_of_brackets_is_text() => Check<InvalidWeight>("(smile[|:1.2|], solo:1.3)").HasNoSafeFix();

    [Fact]
    public void A_weight_behind_its_bracket_is_text() => Check<InvalidWeight>("(smile)[|:1.2|], solo").HasNoSafeFix().UnsafelyFixedTo("(smile:1.2), solo");

    [Fact]
    public void A_large_number_is_no_weight() => Check<InvalidWeight>("clock:20, solo").IsClean();

    [Fact]
    public void A_number_in_a_name_is_no_weight() => Check<InvalidWeight>("reverse:1999, code:002, :3, solo").IsClean();
}
