using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class EditRequestTests
{
    [Theory]
    [InlineData("raiseWeight", "1girl, long ‸hair", "1girl, (long ‸hair:1.1)")]
    [InlineData("lowerWeight", "1girl, (long ‸hair:1.1)", "1girl, long ‸hair")]
    [InlineData("removeWeight", "1girl, ((long ‸hair:1.5))", "1girl, long ‸hair")]
    [InlineData("wrapSelection", "a\r\n---\r\nsmi‸le", "a\r\n---\r\n(smi‸le:1.1)")]
    [InlineData("sortSections", "smile, 1girl‸\n---\nsmile, 1girl", "1girl, smile‸\n---\nsmile, 1girl")]
    [InlineData("fixAll", "1girl, long_hair‸", "1girl, long hair‸")]
    [InlineData("emphasizeWeakTags", "1girl‸, pizza box", "1girl‸, (pizza box:1.5)")]
    [InlineData("escapeBrackets", "hatsune miku (vocaloid‸)", "hatsune miku \\(vocaloid‸\\)")]
    [InlineData("toComfyUI", "‸((smile)), [solo]", "‸(smile:1.21), (solo:0.90909091)")]
    [InlineData("toA1111", "‸((smile:1.2) a:1.1), [b]", "‸((smile:1.0909091) a:1.1), \\[b\\]")]
    [InlineData("splitAtBreak", "‸a BREAK b", "‸a\nBREAK\nb")]
    public async Task Each_action_gives_edits_and_where_the_cursor_is(string action, string before, string after)
    {
        await using var client = await TestClient.StartAsync();
        var place = await client.OpenAtCursorAsync("a.prompt", before);
        var result = (await EditAsync(client, place["textDocument"]!["uri"]!.GetValue<string>(), action, At(place["position"]!)))!;
        var text = Edits.Apply(before.Replace("‸", "", StringComparison.Ordinal), result["edits"]);
        Assert.Equal(after, Marked(text, result["selections"]![0]!));
        Assert.Equal(1, result["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task Several_cursors_are_served_and_two_in_one_tag_are_one()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "smile, solo\n---\n1girl";
        var uri = await client.OpenAsync("a.prompt", text);
        var result = (await EditAsync(client, uri, "raiseWeight", Cursor(0, 1), Cursor(0, 3), Cursor(2, 5), Cursor(0, 8)))!;
        Assert.Equal("(smile:1.1), (solo:1.1)\n---\n(1girl:1.1)", Edits.Apply(text, result["edits"]));
        Assert.Equal([2, 4, 6, 15], result["selections"]!.AsArray().Select(range => range!["start"]!["character"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_has_nothing_to_do_says_so()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "");
        var result = (await EditAsync(client, uri, "raiseWeight", Cursor(0, 0)))!;
        Assert.Empty(result["edits"]!.AsArray());
        Assert.Equal("No tag stands here.", result["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_version_is_not_edited()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "smile", version: 3);
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = 2 }, ["selections"] = new JsonArray(Cursor(0, 0)), ["action"] = "raiseWeight" };
        Assert.Equal(-32801, (await client.AskAsync("kohaku/edit", parameters))["error"]!["code"]!.GetValue<int>());
        parameters["textDocument"]!["version"] = 3;
        parameters["action"] = "fly";
        Assert.Equal(-32602, (await client.AskAsync("kohaku/edit", parameters))["error"]!["code"]!.GetValue<int>());
    }

    private static JsonObject Cursor(int line, int character) => TestClient.Range((line, character), (line, character));

    private static JsonObject At(JsonNode place) => Cursor(place["line"]!.GetValue<int>(), place["character"]!.GetValue<int>());

    private static Task<JsonNode?> EditAsync(TestClient client, string uri, string action, params JsonObject[] selections) => client.RequestAsync("kohaku/edit", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = 1 },
        ["selections"] = new JsonArray([.. selections]),
        ["action"] = action,
    });

    private static string Marked(string text, JsonNode selection)
    {
        var cursor = new JsonObject { ["range"] = selection.DeepClone(), ["newText"] = "‸" };
        return Edits.Apply(text, new JsonArray(cursor));
    }
}
