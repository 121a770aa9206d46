using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class AliasTagTests : RuleTests
{
    [Fact]
    public void The_canonical_name_is_written() => Check<AliasTag>("1girl, [|blushing|]").FixedTo("1girl, blush");

    [Fact]
    public void The_message_shows_both_counts() =>
        Check<AliasTag>("[|kids|]").Says("`kids` (0 posts) is an alias of `child` (42,424 posts)");

    [Fact]
    public void Brackets_of_the_canonical_name_are_escaped() =>
        Check<AliasTag>("[|child gilgamesh|]").FixedTo(@"child gilgamesh \(fate\)");

    [Fact]
    public void Bare_brackets_are_escaped_on_the_way() =>
        Check<AliasTag>("[|little sister (seojh1029)|]").FixedTo(@"little sister \(navigavi\)");

    [Fact]
    public void The_weight_stays() => Check<AliasTag>("([|blushing|]:1.3)").FixedTo("(blush:1.3)");

    [Fact]
    public void The_negative_prompt_is_looked_at_too() => Check<AliasTag>("1girl\nNegative prompt: [|kids|]").FixedTo("1girl\nNegative prompt: child");

    [Fact]
    public void A_tag_under_its_own_name_is_fine() => Check<AliasTag>("1girl, blush, child").IsClean();
}
