using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class InlayHintTests
{
    [Fact]
    public async Task Little_used_tags_show_their_posts_and_well_known_ones_do_not()
    {
        var hints = await HintsAsync("1girl, card in mouth, long hair", off: ["tokens", "weights"]);
        Assert.Matches(@"^0:20 [\d,]+$", Assert.Single(hints));
    }

    [Fact]
    public async Task The_weight_shows_where_brackets_are_nested() => Assert.Equal(
        ["0:19 ×1.43", "0:35 ×1.1"],
        await HintsAsync("1girl, ((smile:1.3)), ([(long hair)])", off: ["tokens", "posts"]));

    [Fact]
    public async Task Each_chunk_shows_its_tokens_at_its_end() => Assert.Equal(
        ["0:11 2/75", "0:17 1/75", "1:28 1/75", "1:33 1/75"],
        await HintsAsync("1girl BREAK smile\nNegative prompt: smile BREAK solo # why", off: ["posts", "weights"]));

    [Fact]
    public async Task Each_part_of_an_AND_shows_its_tokens() => Assert.Equal(
        ["0:5 2/75", "0:15 1/75"],
        await HintsAsync("1girl AND smile", off: ["posts", "weights"]));

    [Fact]
    public async Task A_side_of_one_chunk_shows_no_tokens() => Assert.Equal(
        ["1:28 1/75", "1:33 1/75"],
        await HintsAsync("1girl, long hair\nNegative prompt: smile BREAK solo", off: ["posts", "weights"]));

    [Fact]
    public async Task A_prompt_that_is_too_long_shows_where_each_chunk_ends()
    {
        var text = string.Join(", ", Enumerable.Repeat("smile", 60));
        var hints = await HintsAsync(text, off: ["posts", "weights"]);
        Assert.Equal(["0:264 75/75", $"0:{text.Length} 44/75"], hints);
    }

    [Fact]
    public async Task All_can_be_switched_off() => Assert.Empty(await HintsAsync("1girl, ((card in mouth))", off: ["posts", "tokens", "weights"]));

    [Theory]
    [InlineData("")]
    [InlineData("\r\n---\r\n")]
    [InlineData("# a note")]
    public async Task Without_text_there_is_nothing_to_hint_at(string text) => Assert.Empty(await HintsAsync(text));

    [Fact]
    public async Task Only_the_range_asked_for_is_looked_at()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "((1girl))\r\n---\r\n((smile))\r\n---\r\n((solo))");
        var hints = await client.RequestAsync("textDocument/inlayHint", Requests.Stretch(uri, (2, 0), (2, 9)));
        Assert.Equal("2:8", Requests.Place(Assert.Single(hints!.AsArray())!["position"]!));
    }

    [Fact]
    public async Task Columns_may_be_bytes()
    {
        await using var client = await TestClient.StartAsync(Requests.Bytes());
        var uri = await client.OpenAsync("a.prompt", "長\U0001F600, ((smile\uD83D))");
        var hints = await client.RequestAsync("textDocument/inlayHint", Requests.All(uri));
        Assert.Equal("0:20", Requests.Place(Assert.Single(hints!.AsArray())!["position"]!));
    }

    private static async Task<string[]> HintsAsync(string text, string[]? off = null)
    {
        var hints = new JsonObject();
        foreach (var kind in off ?? []) hints[kind] = false;
        await using var client = await TestClient.StartAsync(options: new JsonObject { ["settings"] = new JsonObject { ["inlayHints"] = hints } });
        var uri = await client.OpenAsync("a.prompt", text);
        var answer = await client.RequestAsync("textDocument/inlayHint", Requests.All(uri));
        return [.. answer!.AsArray().Select(hint => $"{Requests.Place(hint!["position"]!)} {hint["label"]}")];
    }
}
