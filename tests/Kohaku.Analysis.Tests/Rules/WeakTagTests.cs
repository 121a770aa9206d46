using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class WeakTagTests : RuleTests
{
    [Fact]
    public void Emphasis_brings_it_out() => Check<WeakTag>("1girl, [|child carry|]").FixedTo("1girl, (child carry:1.5)");

    [Fact]
    public void Stronger_emphasis_is_offered_beside_it() =>
        Check<WeakTag>("[|child carry|]").Offers("Emphasise by 1.5", "Emphasise by 2", "Emphasise by 2.5").FixGives(2, "(child carry:2.5)");

    [Fact]
    public void The_message_shows_the_count() => Check<WeakTag>("[|child carry|]").Says("`child carry` has 653 posts: it needs emphasis to show");

    [Fact]
    public void With_emphasis_it_is_fine() => Check<WeakTag>("(child carry:1.5), (child carry:2)").IsClean();

    [Fact]
    public void A_lower_weight_is_raised() => Check<WeakTag>("([|child carry|]:1.2)").FixedTo("(child carry:1.5)");

    [Fact]
    public void Brackets_round_several_tags_count() => Check<WeakTag>("(1girl, [|child carry|]:1.2)").FixedTo("(1girl, (child carry:1.25):1.2)");

    [Fact]
    public void A_weight_that_three_digits_cannot_write_is_near_enough() =>
        Check<WeakTag>("(1girl, [|child carry|]:1.15)").FixedTo("(1girl, (child carry:1.304):1.15)");

    [Fact]
    public void ComfyUI_does_not_multiply() =>
        Check<WeakTag>("(1girl, [|child carry|]:1.2)", options: new ParseOptions(Dialect: Dialect.ComfyUI)).FixedTo("(1girl, (child carry:1.5):1.2)");

    [Fact]
    public void A_tag_that_is_switched_off_stays_off() => Check<WeakTag>("(child carry:0)").IsClean();

    [Fact]
    public void Common_and_rare_tags_are_no_weak_ones() => Check<WeakTag>("1girl, smile, child abuse").IsClean();

    [Fact]
    public void Special_words_are_never_weak() => Check<WeakTag>("old, masterpiece, 5others").IsClean();

    [Fact]
    public void The_negative_prompt_is_left_alone() => Check<WeakTag>("1girl\nNegative prompt: child carry").IsClean();

    private static Settings Strict => new(RuleRegistry.Rules.Defaults())
    {
        Profile = Profile.Default,
        Thresholds = new Thresholds(50_000, 100),
        Emphasis = Profile.Default.Emphasis,
    };

    [Fact]
    public void The_users_thresholds_hold() =>
        Check<WeakTag>("[|child|], smile", Strict);
}
