using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>The tag browser's requests.</summary>
public sealed class TagRequestTests
{
    [Fact]
    public async Task A_search_finds_what_completion_would()
    {
        await using var client = await TestClient.StartAsync();
        var items = (await client.RequestAsync("kohaku/searchTags", new JsonObject { ["query"] = "logn hair", ["limit"] = 2 }))!["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.Equal("long_hair", items[0]!["name"]!.GetValue<string>());
        Assert.Equal("long hair", items[0]!["label"]!.GetValue<string>());
        Assert.Equal("typo", items[0]!["match"]!.GetValue<string>());
        Assert.Equal("general", items[0]!["category"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_search_may_keep_to_a_category()
    {
        await using var client = await TestClient.StartAsync();
        foreach (var query in new[] { "", "wl", "miku" })
        {
            var items = (await client.RequestAsync("kohaku/searchTags", new JsonObject { ["query"] = query, ["limit"] = 20, ["category"] = "artist" }))!["items"]!.AsArray();
            Assert.NotEmpty(items);
            Assert.All(items, item => Assert.Equal("artist", item!["category"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task A_search_knows_tags_and_not_the_models_own_words()
    {
        await using var client = await TestClient.StartAsync();
        var items = (await client.RequestAsync("kohaku/searchTags", new JsonObject { ["query"] = "best quality", ["limit"] = 50 }))!["items"]!.AsArray();
        Assert.DoesNotContain(items, item => item!["label"]!.GetValue<string>() == "best quality");
    }

    [Fact]
    public async Task A_tags_facts_are_told()
    {
        await using var client = await TestClient.StartAsync();
        var info = (await client.RequestAsync("kohaku/tagInfo", new JsonObject { ["tag"] = "witch hat" }))!;
        Assert.Equal("witch_hat", info["name"]!.GetValue<string>());
        Assert.Equal("strong", info["popularity"]!.GetValue<string>());
        Assert.Equal("general tags", info["section"]!.GetValue<string>());
        Assert.Contains("hat", info["implies"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal("https://danbooru.donmai.us/wiki_pages/witch_hat", info["wiki"]!.GetValue<string>());
        var hat = (await client.RequestAsync("kohaku/tagInfo", new JsonObject { ["tag"] = "hat" }))!;
        Assert.Contains("witch hat", hat["impliedBy"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Null(await client.RequestAsync("kohaku/tagInfo", new JsonObject { ["tag"] = "no such tag at all" }));
    }

    [Theory]
    [InlineData("‸", "smile", "smile‸")]
    [InlineData("1girl‸", "smile", "1girl, smile‸")]
    [InlineData("1g‸irl", "smile", "1girl, smile‸")]
    [InlineData("1girl, ‸", "smile", "1girl, smile‸")]
    [InlineData("1girl,‸ solo", "long_hair", "1girl, long hair‸, solo")]
    [InlineData("1girl, ‸solo", "long_hair", "1girl, long hair‸, solo")]
    [InlineData("(1gi‸rl:1.2), solo", "smile", "(1girl, smile‸:1.2), solo")]
    [InlineData("1girl # a ‸note", "smile", "1girl, smile‸ # a note")]
    [InlineData("1girl\nNegative prompt: x‸", "lowres", "1girl\nNegative prompt: x, lowres‸")]
    [InlineData("1girl\nSteps: 2‸0", "smile", "1girl, smile‸\nSteps: 20")]
    [InlineData("1girl\n‸---\nsolo", "smile", "1girl\nsmile‸\n---\nsolo")]
    [InlineData("1girl\r\n---‸", "smile", "1girl\r\n---\r\nsmile‸")]
    [InlineData("‸---\nsolo", "smile", "smile‸\n---\nsolo")]
    [InlineData("‸Negative prompt: x", "reverse:1999", "reverse:1999‸,\nNegative prompt: x")]
    [InlineData("Steps: 2‸0, Seed: 1", "smile", "smile‸\nSteps: 20, Seed: 1")]
    [InlineData("1girl, ‸", "ganyu_(genshin_impact)", @"1girl, ganyu \(genshin impact\)‸")]
    [InlineData("1girl, ‸", "Twin_tails", "1girl, twintails‸")]
    public async Task A_tag_is_put_in_as_the_model_wants_it(string marked, string tag, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var request = await client.OpenAtCursorAsync("a.prompt", marked);
        request["textDocument"]!["version"] = 1;
        request["tag"] = tag;
        var result = (await client.RequestAsync("kohaku/insertTag", request))!;
        Assert.Equal(1, result["version"]!.GetValue<int>());
        var text = marked.Replace("‸", "", StringComparison.Ordinal);
        var edit = result["edits"]![0]!;
        text = text[..Completing.Offset(text, edit["range"]!["start"]!)] + edit["newText"]!.GetValue<string>() + text[Completing.Offset(text, edit["range"]!["end"]!)..];
        Assert.Equal(expected, text.Insert(Completing.Offset(text, result["selections"]![0]!["start"]!), "‸"));
    }
}
