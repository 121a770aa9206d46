using System.Text;
using Kohaku.Analysis.Profiles;

namespace Kohaku.Analysis.Tests.Profiles;

public sealed class ShippedProfileTests
{
    [Fact]
    public void The_profiles_in_the_program_are_those_of_the_data_folder() =>
        Repository.IsCurrent("src/Kohaku.Analysis/Profiles/ShippedProfiles.Data.cs", Generated());

    [Theory]
    [InlineData("kohaku-xl-delta", "Kohaku-XL Delta")]
    [InlineData("kohaku-xl-epsilon", "Kohaku-XL Epsilon")]
    public void A_shipped_profile_is_found_by_its_id(string id, string title) => Assert.Equal(title, Profile.Shipped(id)!.Title);

    [Fact]
    public void Another_id_is_no_shipped_profile() => Assert.Null(Profile.Shipped("kohaku-xl-zeta"));

    [Fact]
    public void Every_listed_id_ships() => Assert.All(Profile.ShippedIds, id => Assert.Equal(id, Profile.Shipped(id)!.Id));

    [Fact]
    public void Delta_is_the_default() => Assert.Equal("kohaku-xl-delta", Profile.Default.Id);

    [Fact]
    public void Delta_has_the_special_tags_before_the_general_ones() =>
        Assert.Equal(
            ["people count", "character", "series", "artist", "special tags", "general tags"],
            Profile.Default.Sections.Select(section => section.Name));

    [Fact]
    public void Epsilon_has_quality_date_meta_and_rating_at_the_end() =>
        Assert.Equal(
            ["people count", "character", "series", "artist", "general tags", "quality", "date", "meta tags", "rating"],
            Profile.Shipped("kohaku-xl-epsilon")!.Sections.Select(section => section.Name));

    [Theory]
    [InlineData("kohaku-xl-delta", new[] { 95, 85, 75, 50, 25, 10, 0 })]
    [InlineData("kohaku-xl-epsilon", new[] { 90, 75, 60, 45, 30, 10, 0 })]
    public void Quality_words_have_the_percentiles_of_their_model(string id, int[] percentiles) =>
        Assert.Equal(percentiles, Profile.Shipped(id)!.Qualities.Select(quality => quality.Percentile));

    private static string Generated()
    {
        var source = new StringBuilder("""
            namespace Kohaku.Analysis.Profiles;

            // Made from data/profiles by ShippedProfileTests: edit those, and run the tests with KOHAKU_ACCEPT=1.
            internal static partial class ShippedProfiles
            {

            """);
        source.Append(Literal("Delta", "kohaku-xl-delta")).Append('\n').Append(Literal("Epsilon", "kohaku-xl-epsilon")).Append("}\n");
        return source.ToString();
    }

    private static string Literal(string name, string id)
    {
        var compiled = ProfileCompiler.Compile(Repository.Read($"data/profiles/{id}.json"), $"{id}.json");
        Assert.Empty(compiled.Problems);

        var lines = Convert.ToBase64String(compiled.Bytes!).Chunk(120).Select(line => $"        \"{new string(line)}\"u8");
        return $"    private static ReadOnlySpan<byte> {name} =>\n{string.Join(" +\n", lines)};\n";
    }
}
