using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Tests.Profiles;

public sealed class ProfileCompilerTests
{
    private static readonly string Delta = Repository.Read("data/profiles/kohaku-xl-delta.json");

    [Fact]
    public void A_profile_of_ones_own_reads_as_the_shipped_one()
    {
        var compiled = ProfileCompiler.Compile(Delta.Replace("\"kohaku-xl-delta\"", "\"mine\"", StringComparison.Ordinal), "mine.json");
        Assert.Empty(compiled.Problems);

        var profile = Profile.Read(compiled.Bytes!);
        Assert.Equal("mine", profile.Id);
        Assert.Equal(Profile.Default.Sections.Select(section => section.Name), profile.Sections.Select(section => section.Name));
        Assert.Equal(Profile.Default.Resolution, profile.Resolution);
        Assert.Equal(SpecialKind.Quality, profile.Classify("masterpiece", out _));
    }

    [Theory]
    [InlineData("\"thresholds\": { \"strong\"", "\"thresholds\": { \"stron\"", "thresholds.stron: no such key; the nearest is strong")]
    [InlineData("\"end\": \"middle\"", "\"end\": \"midle\"", "qualities[4].end: no such end; the ends are middle, good, bad")]
    [InlineData("[\"artist\"]", "[\"artists\"]", "sections[3].parts: no such part: artists; the parts are peopleCount, character, series, artist, general, meta, quality, rating, date")]
    [InlineData("[\"artist\"]", "[]", "sections: artist stands in 0 sections; it belongs in exactly one")]
    [InlineData("\"title\": \"Kohaku-XL Delta\"", "\"title\": 3", "title: 3 stands where text belongs")]
    [InlineData("\"weak\": 100 ", "\"weak\": -1 ", "thresholds.weak: -1 is outside 0 to 2147483647")]
    [InlineData("\"masterwork\":", "\"Best_Quality\":", "the word \"Best_Quality\" stands twice (case, _, - and blanks make no difference)")]
    public void A_mistake_is_said_with_its_place(string right, string wrong, string problem)
    {
        var compiled = ProfileCompiler.Compile(Delta.Replace(right, wrong, StringComparison.Ordinal), "mine.json");

        Assert.Null(compiled.Bytes);
        Assert.Contains(compiled.Problems, found => found.ToString().EndsWith(problem, StringComparison.Ordinal) && found.Line > 0);
    }

    [Fact]
    public void Bytes_that_are_no_profile_are_refused() =>
        Assert.Throws<InvalidDataException>(() => Profile.Read([1, 2, 3, 4, 5, 6, 7, 8]));

    [Fact]
    public void A_profile_that_is_cut_short_is_refused()
    {
        var whole = ProfileCompiler.Compile(Delta, "delta.json").Bytes!;
        for (var length = 0; length < 400; length++) Assert.Throws<InvalidDataException>(() => Profile.Read(whole[..length]));
    }
}
