using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class FullWidthPunctuationTests : RuleTests
{
    [Fact]
    public void Full_width_brackets_become_brackets() => Check<FullWidthPunctuation>("[|（|]smile:1.2[|）|], solo").FixedTo("(smile:1.2), solo");

    [Fact]
    public void A_full_width_colon_before_a_number_too() => Check<FullWidthPunctuation>("[|（|]smile[|：|]1.2[|）|]").FixedTo("(smile:1.2)");

    [Fact]
    public void A_full_width_comma_becomes_a_comma_and_a_blank() =>
        Check<FullWidthPunctuation>("1girl[|，|]smile[|、|] solo").FixedTo("1girl, smile, solo");

    [Fact]
    public void A_bracket_of_each_kind_is_a_pair() => Check<FullWidthPunctuation>("(smile:1.2[|）|], solo").FixedTo("(smile:1.2), solo");

    [Fact]
    public void Square_brackets_too() => Check<FullWidthPunctuation>("[|【|]smile[|】|]").FixedTo("[smile]");

    [Fact]
    public void A_lone_bracket_is_left_to_the_author() => Check<FullWidthPunctuation>("[|（|]smile, solo").HasNoSafeFix();

    [Fact]
    public void A_bracket_behind_a_backslash_is_left_alone() => Check<FullWidthPunctuation>(@"miku \（vocaloid\）").IsClean();

    [Fact]
    public void A_sentence_in_another_language_is_left_alone() => Check<FullWidthPunctuation>("これは、テスト").IsClean();

    [Fact]
    public void A_face_is_left_alone() => Check<FullWidthPunctuation>("（´・ω・`）, smile").IsClean();

    [Fact]
    public void A_colon_that_would_weigh_the_prompt_is_left_alone() => Check<FullWidthPunctuation>("a：3").IsClean();

    [Fact]
    public void The_negative_prompt_is_looked_at_too() =>
        Check<FullWidthPunctuation>("a\nNegative prompt: lowres[|，|]text").FixedTo("a\nNegative prompt: lowres, text");
}
