namespace Kohaku.Files.Tests.Networks;

public sealed class NetworkTagsTests
{
    [Fact]
    public void Counts_of_all_folders_are_added()
    {
        var tags = NetworkTags.Of(Header("""{"1_a": {"smile": 2, "1girl": 5}, "2_b": {" smile ": 4, "": 9, "x": "y", "z": -1}}"""), 10);
        Assert.Equal([("smile", 6), ("1girl", 5)], tags);
        Assert.Single(NetworkTags.Of(Header("""{"1_a": {"smile": 2, "1girl": 5}}"""), 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a": {"b": """)]
    [InlineData("""{"a": {"\ud800": 1}}""")]
    public void What_is_no_count_says_nothing(string json) => Assert.Empty(NetworkTags.Of(Header(json), 10));

    [Fact]
    public void A_header_may_lack_them() => Assert.Empty(NetworkTags.Of(new NetworkHeader("a", BaseModel.Unknown, null, new Dictionary<string, string>()), 10));

    private static NetworkHeader Header(string json) => new("a", BaseModel.Unknown, null, new Dictionary<string, string> { ["ss_tag_frequency"] = json });
}
