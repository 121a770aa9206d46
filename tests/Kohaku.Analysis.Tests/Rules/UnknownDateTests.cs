using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis.Tests.Rules;

public sealed class UnknownDateTests : RuleTests
{
    [Theory]
    [InlineData("latest", "newest")]
    [InlineData("year 2019", "recent")]
    [InlineData("2016", "mid")]
    [InlineData("oldest", "old")]
    [InlineData("year_2023", "newest")]
    public void The_bucket_that_holds_the_year_is_written(string written, string expected) =>
        Check<UnknownDate>($"1girl, [|{written}|]").FixedTo($"1girl, {expected}");

    [Fact]
    public void A_year_after_training_gets_the_nearest_word_unsafely() =>
        Check<UnknownDate>("[|year 2031|]").HasNoSafeFix().UnsafelyFixedTo("newest");

    [Fact]
    public void A_year_is_nothing_but_a_date()
    {
        var found = new Linting.Linter(Shipped.Delta, Shipped.Services).Diagnose("1girl, 2007");
        Assert.DoesNotContain(found, diagnostic => diagnostic.Rule.Name is "weak-tag" or "rare-tag" or "unknown-tag");
    }

    [Fact]
    public void The_models_own_words_are_fine() => Check<UnknownDate>("old, early, mid, recent, newest").IsClean();
}
