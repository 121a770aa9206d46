using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Rules;
using Kohaku.Tags;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class RareTagTests : RuleTests
{
    [Fact]
    public void The_message_shows_the_count() =>
        Check<RareTag>("1girl, [|lost child|]").Says("`lost child` has 87 posts: the model has likely not learned it").HasNoSafeFix();

    [Fact]
    public void A_tag_that_it_implies_is_named() => 
        Assert.Equal("a related tag that it knows better: `card` (19,674 posts)", Check<RareTag>("[|card background|]").Found[0].Help);

    [Fact]
    public void An_allowed_tag_is_not_spoken_of() =>
        Check<RareTag>("lost child", services: Shipped.Services with { Lookup = new TagLookup(Shipped.Tags.Index, [], ["lost child"]) }).IsClean();

    [Fact]
    public void A_tag_of_the_users_own_without_a_count_is_not_spoken_of() =>
        Check<RareTag>("my own hero", services: Own(0)).IsClean();

    [Fact]
    public void A_tag_of_the_users_own_with_a_count_is_judged_by_it() => Check<RareTag>("[|my own hero|]", services: Own(20));

    [Fact]
    public void The_negative_prompt_is_left_alone() => Check<RareTag>("1girl\nNegative prompt: lost child").IsClean();

    private static LintServices Own(int posts) =>
        Shipped.Services with { Lookup = new TagLookup(Shipped.Tags.Index, [new TagRow("my_own_hero", TagCategory.Character, posts, [], TagFlags.None)], []) };
}
