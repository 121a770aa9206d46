using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnderscoreInTagTests : RuleTests
{
    [Fact]
    public void Underscores_become_blanks() => Check<UnderscoreInTag>("1girl, [|long_hair|]").FixedTo("1girl, long hair");

    [Fact]
    public void Underscore_in_a_short_tag_is_kept() => Check<UnderscoreInTag>("^_^, o_o, |_|, u_u").IsClean();

    [Fact]
    public void A_long_face_was_trained_with_a_blank() => Check<UnderscoreInTag>("[|<o>_<o>|]").FixedTo("<o> <o>");

    [Fact]
    public void A_network_name_keeps_its_underscores() => Check<UnderscoreInTag>("<lora:my_style:1>, smile").IsClean();

    [Fact]
    public void A_wildcard_keeps_its_underscores() => Check<UnderscoreInTag>("__hair_colours__, smile").IsClean();

    [Fact]
    public void An_embedding_keeps_its_underscores() => Check<UnderscoreInTag>("embedding:bad_hands_v2, smile").IsClean();

    [Theory]
    [InlineData("EasyNegative ng_deepnegative_v1_75t")]
    [InlineData("bad_prompt EasyNegative")]
    [InlineData("a woman in frd_dress")]
    [InlineData("PureErosFace_V1, pureerosface_v1:1")]
    public void A_name_keeps_its_underscores(string text) => Check<UnderscoreInTag>(text).IsClean();

    [Theory]
    [InlineData("[|My_Trigger|], smile")]
    [InlineData("[|Blue_eyees|]")]
    public void A_word_with_capitals_that_no_list_knows_may_be_a_name(string text) =>
        Assert.Equal(FixSafety.Unsafe, Assert.Single(Check<UnderscoreInTag>(text).Found[0].Fixes).Safety);

    [Theory]
    [InlineData("[|Long_Hair|]")]
    [InlineData("[|blue_eyees|]")]
    public void A_tag_with_capitals_is_a_tag(string text) =>
        Assert.Equal(FixSafety.Safe, Assert.Single(Check<UnderscoreInTag>(text).Found[0].Fixes).Safety);

    [Fact]
    public void A_quality_word_is_the_business_of_another_rule() => Check<UnderscoreInTag>("best_quality, 1girl").IsClean();

    [Fact]
    public void The_negative_prompt_is_looked_at_too() =>
        Check<UnderscoreInTag>("1girl\nNegative prompt: [|bad_hands|]").FixedTo("1girl\nNegative prompt: bad hands");

    [Fact]
    public void The_message_names_what_was_trained() => Check<UnderscoreInTag>("[|long_hair|]").Says("the model was trained on `long hair`");

    [Fact]
    public void Brackets_and_weight_stay() => Check<UnderscoreInTag>("([|long_hair|]:1.2)").FixedTo("(long hair:1.2)");

    [Fact]
    public void Brackets_that_cut_the_tag_stay() => Check<UnderscoreInTag>("[|long_(hair|]:1.2), smile").FixedTo("long (hair:1.2), smile");

    [Fact]
    public void Escaped_brackets_stay_escaped() => Check<UnderscoreInTag>(@"[|hatsune_miku_\(vocaloid\)|]").FixedTo(@"hatsune miku \(vocaloid\)");

    [Fact]
    public void Case_is_kept_as_written() => Check<UnderscoreInTag>("[|Long_Hair|]").FixedTo("Long Hair");

    [Fact]
    public void No_blanks_are_left_at_the_ends() => Check<UnderscoreInTag>("[|long__hair_|], 1girl").FixedTo("long hair, 1girl");

    [Fact]
    public void A_line_of_underscores_is_a_drawing() => Check<UnderscoreInTag>("_____").IsClean();
}
