using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class MissingCommaTests : RuleTests
{
    [Fact]
    public void Two_tags_in_one_field_are_flagged() =>
        Check<MissingComma>("[|1girl solo|], smile").HasNoSafeFix().UnsafelyFixedTo("1girl, solo, smile");

    [Fact]
    public void So_are_three() => Check<MissingComma>("[|1girl long hair blue eyes|]").UnsafelyFixedTo("1girl, long hair, blue eyes");

    [Fact]
    public void A_tag_of_several_words_is_one_tag() => Check<MissingComma>("long hair, red dress, looking at viewer").IsClean();

    [Fact]
    public void A_phrase_of_single_words_is_left_alone() => Check<MissingComma>("forest night, beach sunset").IsClean();

    [Fact]
    public void A_phrase_that_holds_a_tag_is_left_alone() =>
        Check<MissingComma>("glowing blue eyes, too many fingers, old city, sky blue hair, full body portrait").IsClean();

    [Fact]
    public void Two_tags_of_several_words_are_no_phrase() => Check<MissingComma>("[|long hair blue eyes|]").UnsafelyFixedTo("long hair, blue eyes");

    [Fact]
    public void A_word_beside_brackets_is_part_of_a_phrase() => Check<MissingComma>("colorful (planets:1.5)").IsClean();

    [Fact]
    public void A_comma_may_begin_the_next_line() => Check<MissingComma>("moonlight\n, night sky").IsClean();

    [Fact]
    public void A_sentence_is_left_alone() => Check<MissingComma>("1girl with long hair and blue eyes").IsClean();

    [Fact]
    public void A_phrase_that_can_be_divided_twice_is_left_alone() => Check<MissingComma>("black hair ribbon").IsClean();

    [Fact]
    public void Unknown_words_leave_it_alone() => Check<MissingComma>("1girl frobnicated solo").IsClean();

    [Fact]
    public void Brackets_divide_nothing() =>
        Check<MissingComma>("[|(masterpiece) (best quality)|], solo").HasNoSafeFix().UnsafelyFixedTo("(masterpiece), (best quality), solo");

    [Fact]
    public void A_tag_that_brackets_cut_is_one_tag() => Check<MissingComma>("long (hair:1.2)").IsClean();

    [Fact]
    public void Without_a_comma_a_line_end_is_a_blank() => Check<MissingComma>("[|1girl|]\nsolo").HasNoSafeFix().UnsafelyFixedTo("1girl,\nsolo");

    [Fact]
    public void With_a_comma_it_is_right() => Check<MissingComma>("1girl,\nsolo").IsClean();

    [Fact]
    public void A_tag_may_go_over_a_line_end() => Check<MissingComma>("long\nhair").IsClean();

    [Fact]
    public void BREAK_divides() => Check<MissingComma>("1girl\nBREAK\nsolo").IsClean();

    [Fact]
    public void Options_are_divided() => Check<MissingComma>("[1girl|solo], [smile:blush:0.5]").IsClean();
}
