using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Tests.Profiles;

public sealed class ProfileTests
{
    private static readonly Profile Delta = Profile.Default;

    [Theory]
    [InlineData("masterpiece", SpecialKind.Quality, 0)]
    [InlineData("worst quality", SpecialKind.Quality, 6)]
    [InlineData("Best Quality", SpecialKind.Quality, 1)]
    [InlineData("safe", SpecialKind.Rating, 0)]
    [InlineData("explicit", SpecialKind.Rating, 3)]
    [InlineData("old", SpecialKind.Date, 0)]
    [InlineData("newest", SpecialKind.Date, 4)]
    [InlineData("1girl", SpecialKind.PeopleCount, 0)]
    public void A_special_word_is_classified(string tag, SpecialKind kind, int index)
    {
        Assert.Equal(kind, Delta.Classify(tag, out var found));
        Assert.Equal(index, found);
    }

    [Theory]
    [InlineData("long hair")]
    [InlineData("best_quality")]
    [InlineData("high quality")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a word that goes on and on, far beyond what any table of special words would hold")]
    public void Another_tag_is_no_special_word(string tag)
    {
        Assert.Equal(SpecialKind.None, Delta.Classify(tag, out var index));
        Assert.Equal(-1, index);
    }

    [Theory]
    [InlineData("1girl")]
    [InlineData("5girls")]
    [InlineData("6+girls")]
    [InlineData("multiple girls")]
    [InlineData("1boy")]
    [InlineData("4boys")]
    [InlineData("1other")]
    [InlineData("6+others")]
    [InlineData("male focus")]
    public void People_counts_are_known(string tag) => Assert.Equal(SpecialKind.PeopleCount, Delta.Classify(tag, out _));

    [Theory]
    [InlineData("best_quality", "best quality")]
    [InlineData("Great-Quality", "great quality")]
    [InlineData("bestquality", "best quality")]
    [InlineData("high quality", "great quality")]
    [InlineData("amazing quality", "best quality")]
    [InlineData("masterwork", "masterpiece")]
    [InlineData("bad quality", "low quality")]
    [InlineData("lowest quality", "worst quality")]
    public void A_quality_word_of_habit_has_a_certain_synonym(string tag, string word) =>
        AssertSynonym(tag, new Synonym(SpecialKind.Quality, word, true));

    [Theory]
    [InlineData("great", "great quality")]
    [InlineData("best", "best quality")]
    [InlineData("score_9", "masterpiece")]
    [InlineData("wort quality", "worst quality")]
    [InlineData("bset quality", "best quality")]
    [InlineData("masterpeece", "masterpiece")]
    public void A_quality_word_that_is_only_likely_has_an_unsafe_one(string tag, string word) =>
        AssertSynonym(tag, new Synonym(SpecialKind.Quality, word, false));

    [Fact]
    public void A_quality_word_that_nobody_named_has_none() =>
        AssertSynonym("editorial quality", new Synonym(SpecialKind.Quality, null, false));

    [Theory]
    [InlineData("rating:general", "safe", true)]
    [InlineData("general", "safe", true)]
    [InlineData("sfw", "safe", true)]
    [InlineData("questionable", "nsfw", true)]
    [InlineData("rating_explicit", "nsfw, explicit", true)]
    [InlineData("r18", "nsfw, explicit", false)]
    [InlineData("R-18", "nsfw, explicit", false)]
    [InlineData("suggestive", "sensitive", false)]
    public void A_rating_of_another_kind_has_the_profiles_word(string tag, string word, bool isCertain) =>
        AssertSynonym(tag, new Synonym(SpecialKind.Rating, word, isCertain));

    [Theory]
    [InlineData("latest", "newest", true)]
    [InlineData("oldest", "old", true)]
    [InlineData("2019", "recent", true)]
    [InlineData("year 2019", "recent", true)]
    [InlineData("year_2012", "early", true)]
    [InlineData("Year: 2016", "mid", true)]
    [InlineData("year 1999", "old", false)]
    [InlineData("year 2026", "newest", false)]
    public void A_year_has_the_date_word_that_holds_it(string tag, string word, bool isCertain) =>
        AssertSynonym(tag, new Synonym(SpecialKind.Date, word, isCertain));

    [Theory]
    [InlineData("1999")]
    [InlineData("2077")]
    [InlineData("9999")]
    [InlineData("long hair")]
    [InlineData("masterpiece")]
    [InlineData("newest")]
    [InlineData("1girl")]
    [InlineData("multiple_girls")]
    [InlineData("best light and shadow with great quality")]
    [InlineData("")]
    [InlineData("____")]
    public void Other_words_have_no_synonym(string tag) => Assert.False(Delta.TryGetSynonym(tag, out _));

    [Theory]
    [InlineData(2005, "old")]
    [InlineData(2010, "old")]
    [InlineData(2011, "early")]
    [InlineData(2017, "mid")]
    [InlineData(2018, "recent")]
    [InlineData(2024, "newest")]
    [InlineData(2004, null)]
    public void A_year_of_upload_has_its_date_word(int year, string? word) => Assert.Equal(word, Delta.DateOf(year)?.Word);

    [Fact]
    public void Special_words_stand_in_one_section_in_delta() =>
        Assert.Equal(Delta.SectionOf(SpecialKind.Quality), Delta.SectionOf(SpecialKind.Date));

    [Fact]
    public void Meta_tags_stand_among_the_general_ones_in_delta() =>
        Assert.Equal(Delta.SectionOf(SectionPart.General), Delta.SectionOf(SectionPart.Meta));

    [Fact]
    public void Nsfw_and_explicit_go_together()
    {
        Assert.True(Delta.RatingsGoTogether(2, 3));
        Assert.True(Delta.RatingsGoTogether(3, 2));
        Assert.False(Delta.RatingsGoTogether(0, 1));
    }

    [Theory]
    [InlineData("photo_(medium)", SectionPart.Meta, true)]
    [InlineData("english_commentary", SectionPart.Meta, true)]
    [InlineData("highres", SectionPart.Meta, false)]
    [InlineData("banned_artist", SectionPart.Artist, true)]
    [InlineData("bad_hands", SectionPart.General, false)]
    public void Training_dropped_tags_by_their_name(string name, SectionPart part, bool isDropped) =>
        Assert.Equal(isDropped, Delta.IsUntrained(name, part));

    [Theory]
    [InlineData("^_^", true)]
    [InlineData("o_o", true)]
    [InlineData("<o>_<o>", false)]
    [InlineData("long_hair", false)]
    public void Underscore_in_a_short_tag_is_kept(string tag, bool isKept) => Assert.Equal(isKept, Delta.KeepsUnderscore(tag));

    [Fact]
    public void Lookups_allocate_nothing()
    {
        Assert.Equal(0, Allocations.Of(Look));

        static void Look()
        {
            Delta.Classify("masterpiece", out _);
            Delta.Classify("long hair", out _);
            Delta.TryGetSynonym("a photograph of a cat", out _);
            Delta.TryGetSynonym("2019", out _);
        }
    }

    private static void AssertSynonym(string tag, Synonym expected)
    {
        Assert.Equal(SpecialKind.None, Delta.Classify(tag, out _));
        Assert.True(Delta.TryGetSynonym(tag, out var synonym));
        Assert.Equal(expected, synonym);
    }
}
