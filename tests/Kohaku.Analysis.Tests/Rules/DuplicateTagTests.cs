using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class DuplicateTagTests : RuleTests
{
    [Fact]
    public void The_later_one_is_flagged_and_removed() => Check<DuplicateTag>("1girl, smile, [|smile|]").FixedTo("1girl, smile");

    [Fact]
    public void An_alias_is_the_same_tag() => Check<DuplicateTag>("blush, [|blushing|]").FixedTo("blush");

    [Fact]
    public void Parts_joined_by_AND_are_different_prompts() => Check<DuplicateTag>("smile AND smile").IsClean();

    [Fact]
    public void The_comma_that_keeps_a_number_from_weighting_the_prompt_stays() =>
        Check<DuplicateTag>("1girl, reverse:1999, [|1girl|]").FixedTo("1girl, reverse:1999,");

    [Fact]
    public void A_bracket_left_empty_goes_too() => Check<DuplicateTag>("smile, ([|smile|]:0.8), solo").FixedTo("smile, solo");

    [Fact]
    public void A_line_left_empty_goes_too() => Check<DuplicateTag>("smile,\n[|smile|],\nsolo").FixedTo("smile,\nsolo");
}
