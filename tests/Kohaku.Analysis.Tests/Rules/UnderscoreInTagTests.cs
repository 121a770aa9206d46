using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnderscoreInTagTests : RuleTests
{
    [Fact]
    public void Underscores_become_blanks() => Check<UnderscoreInTag>("1girl, [|long_hair|]").FixedTo("1girl, long hair");

    [Fact]
    public void Underscore_in_a_short_tag_is_kept() => Check<UnderscoreInTag>("^_^, o_o, |_|").IsClean();

    [Fact]
    public void A_network_name_keeps_its_underscores() => Check<UnderscoreInTag>("<lora:my_style:1>, smile").IsClean();

    [Fact]
    public void A_wildcard_keeps_its_underscores() => Check<UnderscoreInTag>("__hair_colours__, smile").IsClean();

    [Fact]
    public void The_negative_prompt_is_looked_at_too() =>
        Check<UnderscoreInTag>("1girl\nNegative prompt: [|bad_hands|]").FixedTo("1girl\nNegative prompt: bad hands");

    [Fact]
    public void The_message_names_what_was_trained() => Check<UnderscoreInTag>("[|long_hair|]").Says("the model was trained on `long hair`");

    [Fact]
    public void Brackets_and_weight_stay() => Check<UnderscoreInTag>("([|long_hair|]:1.2)").FixedTo("(long hair:1.2)");
}
