using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnknownRatingTests : RuleTests
{
    [Fact]
    public void Danboorus_general_is_safe() => Check<UnknownRating>("1girl, [|general|]").FixedTo("1girl, safe");

    [Fact]
    public void Danboorus_questionable_is_nsfw() => Check<UnknownRating>("1girl, [|rating:questionable|]").FixedTo("1girl, nsfw");

    [Fact]
    public void A_guess_is_not_safe() => Check<UnknownRating>("1girl, [|r18|]").HasNoSafeFix().UnsafelyFixedTo("1girl, nsfw, explicit");

    [Fact]
    public void The_weight_holds_both_words() => Check<UnknownRating>("([|rating:explicit|]:1.2)").FixedTo("(nsfw, explicit:1.2)");

    [Fact]
    public void The_models_own_words_are_fine() => Check<UnknownRating>("safe, sensitive, nsfw, explicit").IsClean();
}
