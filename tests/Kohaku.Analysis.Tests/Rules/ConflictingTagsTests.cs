using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class ConflictingTagsTests : RuleTests
{
    [Fact]
    public void A_picture_has_one_date() => Check<ConflictingTags>("1girl, newest, [|old|]").Says("`old` contradicts `newest`").HasNoSafeFix();

    [Fact]
    public void A_picture_has_one_rating() => Check<ConflictingTags>("1girl, safe, [|nsfw|]");

    [Fact]
    public void Explicit_stands_beside_nsfw() => Check<ConflictingTags>("1girl, explicit, nsfw").IsClean();

    [Fact]
    public void Explicit_beside_safe_contradicts() => Check<ConflictingTags>("1girl, safe, [|explicit|]");

    [Fact]
    public void Quality_words_of_opposite_ends_contradict() => Check<ConflictingTags>("masterpiece, best quality, [|worst quality|]");

    [Fact]
    public void Quality_words_of_one_end_add_up() => Check<ConflictingTags>("masterpiece, best quality, good quality").IsClean();

    [Fact]
    public void The_middle_goes_with_both_ends() => Check<ConflictingTags>("masterpiece, normal quality").IsClean();

    [Fact]
    public void Every_later_one_is_found() => Check<ConflictingTags>("newest, [|old|], masterpiece, [|early|], newest");

    [Fact]
    public void Two_counts_of_one_kind_contradict() => Check<ConflictingTags>("1girl, [|2girls|]");

    [Fact]
    public void A_count_in_another_spelling_contradicts_too() => Check<ConflictingTags>("1girl, [|multiple_girls|]");

    [Fact]
    public void A_count_and_its_general_form_agree() => Check<ConflictingTags>("2girls, multiple girls").IsClean();

    [Fact]
    public void Counts_of_two_kinds_add_up() => Check<ConflictingTags>("1girl, 1boy, male focus").IsClean();

    [Fact]
    public void Solo_means_one_in_all() => Check<ConflictingTags>("1girl, 1boy, [|solo|]");

    [Fact]
    public void Solo_contradicts_two() => Check<ConflictingTags>("[|solo|], 2girls");

    [Fact]
    public void Solo_agrees_with_one() => Check<ConflictingTags>("1girl, solo, male focus").IsClean();

    [Fact]
    public void Solo_focus_is_another_tag() => Check<ConflictingTags>("2girls, solo focus").IsClean();

    [Fact]
    public void Editing_from_one_date_to_another_is_meant() => Check<ConflictingTags>("1girl, [old:newest:0.5]").IsClean();

    [Fact]
    public void Parts_joined_by_AND_are_different_prompts() => Check<ConflictingTags>("1girl, newest AND 2girls, old").IsClean();

    [Fact]
    public void The_negative_prompt_may_name_all_that_is_unwanted() =>
        Check<ConflictingTags>("1girl\nNegative prompt: old, early, worst quality, masterpiece").IsClean();
}
