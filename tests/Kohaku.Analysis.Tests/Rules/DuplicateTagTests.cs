using Kohaku.Analysis.Fixes;
using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class DuplicateTagTests : RuleTests
{
    [Fact]
    public void The_later_one_is_flagged_and_removed() => Check<DuplicateTag>("1girl, smile, [|smile|]").FixedTo("1girl, smile");

    [Fact]
    public void An_alias_is_the_same_tag() => Check<DuplicateTag>("blush, [|blushing|]").FixedTo("blush");

    [Fact]
    public void A_count_in_another_spelling_is_the_same_tag() => Check<DuplicateTag>("multiple girls, [|multiple_girls|]").FixedTo("multiple girls");

    [Fact]
    public void Case_and_underscores_make_no_difference() => Check<DuplicateTag>("my own words, [|My_Own_Words|]").FixedTo("my own words");

    [Fact]
    public void The_higher_weight_stays() => Check<DuplicateTag>("smile, 1girl, ([|smile|]:1.3)").FixedTo("(smile:1.3), 1girl");

    [Fact]
    public void The_higher_weight_of_the_first_stays() => Check<DuplicateTag>("((smile)), 1girl, [|smile|]").FixedTo("((smile)), 1girl");

    [Fact]
    public void Brackets_do_not_hide_it() => Check<DuplicateTag>("(smile, 1girl:1.2), ([|smile|], solo:0.9)").FixedTo("(smile, 1girl:1.2), (solo:0.9)");

    [Fact]
    public void A_third_one_goes_as_well() => Check<DuplicateTag>("smile, [|smile|], solo, [|smile|]").FixedTo("smile, solo");

    [Fact]
    public void A_tag_cut_by_brackets_goes_with_them() => Check<DuplicateTag>("(long hair:1.2), [|long (hair|]:1.2), solo").FixedTo("(long hair:1.2), solo");

    [Fact]
    public void A_tag_cut_by_brackets_that_hold_more_stays() => Check<DuplicateTag>("(long hair:2), [|long (hair|], solo:1.2)").HasNoSafeFix();

    [Fact]
    public void Parts_joined_by_AND_are_different_prompts() => Check<DuplicateTag>("smile AND smile").IsClean();

    [Fact]
    public void Chunks_divided_by_BREAK_are_different_prompts() => Check<DuplicateTag>("smile BREAK smile").IsClean();

    [Fact]
    public void Alternatives_are_different_prompts() => Check<DuplicateTag>("[smile|1girl], [smile:1girl:0.5]").IsClean();

    [Fact]
    public void A_wildcard_may_stand_twice() => Check<DuplicateTag>("__hair__, __hair__").IsClean();

    [Fact]
    public void The_comma_that_keeps_a_number_from_weighting_the_prompt_stays() =>
        Check<DuplicateTag>("1girl, reverse:1999, [|1girl|]").FixedTo("1girl, reverse:1999,");

    [Fact]
    public void A_bracket_left_empty_goes_too() => Check<DuplicateTag>("smile, ([|smile|]:0.8), solo").FixedTo("smile, solo");

    [Fact]
    public void A_line_left_empty_goes_too() => Check<DuplicateTag>("smile,\n[|smile|],\nsolo").FixedTo("smile,\nsolo");

    [Fact]
    public void A_hundred_thousand_tags_take_no_quadratic_time()
    {
        var text = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"tag {i % 60_000}"));
        var rule = RuleRegistry.All.Single(rule => rule is DuplicateTag);
        var linter = new Linter(Shipped.Delta, Shipped.Services, [rule]);
        Assert.Equal(40_000, linter.Diagnose(text).Count);
        Assert.Equal(40_000, FixApplier.Apply(text, linter).Count);
    }
}
