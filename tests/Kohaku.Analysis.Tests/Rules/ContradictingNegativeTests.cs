using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class ContradictingNegativeTests : RuleTests
{
    [Fact]
    public void A_tag_in_both_prompts_is_found_in_the_positive_one()
    {
        var found = Check<ContradictingNegative>("1girl, [|smile|]\nNegative prompt: smile").Found[0];
        Assert.Equal("1girl, smile\nNegative prompt: ".Length, found.Related[0].Span.Start);
    }

    [Fact]
    public void A_rating_in_both_prompts_is_found() => Check<ContradictingNegative>("1girl, [|nsfw|]\nNegative prompt: (nsfw:1.3), safe");

    [Fact]
    public void A_date_in_both_prompts_is_found() => Check<ContradictingNegative>("1girl, [|old|]\nNegative prompt: old, early");

    [Fact]
    public void An_alias_is_the_same_tag() => Check<ContradictingNegative>("1girl, [|blush|]\nNegative prompt: blushing");

    [Fact]
    public void A_tag_that_is_switched_off_contradicts_nothing() => Check<ContradictingNegative>("1girl, (smile:0)\nNegative prompt: smile").IsClean();

    [Fact]
    public void Different_tags_are_fine() => Check<ContradictingNegative>("1girl, newest\nNegative prompt: old, worst quality").IsClean();

    [Fact]
    public void Another_prompts_negative_is_its_own() => Check<ContradictingNegative>("smile\n---\n1girl\nNegative prompt: smile").IsClean();
}
