using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnknownQualityTests : RuleTests
{
    [Fact]
    public void A_word_of_another_model_is_replaced() => Check<UnknownQuality>("1girl, [|high quality|]").FixedTo("1girl, great quality");

    [Fact]
    public void An_underscore_makes_it_another_word() => Check<UnknownQuality>("[|best_quality|], 1girl").FixedTo("best quality, 1girl");

    [Fact]
    public void A_guess_is_not_safe() => Check<UnknownQuality>("[|best|], 1girl").HasNoSafeFix().UnsafelyFixedTo("best quality, 1girl");

    [Fact]
    public void The_message_names_the_model() =>
        Check<UnknownQuality>("[|amazing quality|]").Says("`amazing quality` is no quality word of Kohaku-XL Delta");

    [Fact]
    public void The_weight_stays() => Check<UnknownQuality>("([|masterwork|]:1.2)").FixedTo("(masterpiece:1.2)");

    [Fact]
    public void The_negative_prompt_is_looked_at_too() =>
        Check<UnknownQuality>("1girl\nNegative prompt: [|bad quality|]").FixedTo("1girl\nNegative prompt: low quality");

    [Fact]
    public void The_models_own_words_are_fine() => Check<UnknownQuality>("masterpiece, Best Quality, (great quality:1.1), best (quality:1.2)").IsClean();

    [Fact]
    public void A_name_before_a_bracket_is_no_part_of_the_word() => Check<UnknownQuality>("badhandv4 (worst quality:1.2), blur (best quality)").IsClean();

    [Fact]
    public void A_word_cut_by_brackets_is_found_and_left_alone() => Check<UnknownQuality>("[|high (quality|]:1.2)").HasNoSafeFix();
}
