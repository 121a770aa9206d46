using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class OccurrenceTests
{
    [Fact]
    public async Task References_are_found_in_the_workspace()
    {
        await using var client = await TestClient.StartAsync(prepare: client => client.Write("b.prompt", "1girl,\nlong_hair"));
        var place = await client.OpenAtCursorAsync("a.prompt", "long ‸hair, smile\n---\n(Long Hair)");
        place["context"] = new JsonObject { ["includeDeclaration"] = true };
        place["workDoneToken"] = "t";
        client.Expect("$/progress");
        var found = (await client.RequestAsync("textDocument/references", place))!.AsArray();
        Assert.Equal(
            ["a.prompt:0:0", "a.prompt:2:1", "b.prompt:1:0"],
            found.Select(item => $"{Path.GetFileName(item!["uri"]!.GetValue<string>())}:{item["range"]!["start"]!["line"]}:{item["range"]!["start"]!["character"]}"));
        await client.ReceivedAsync("$/progress", progress => progress!["value"]!["kind"]!.GetValue<string>() == "begin");
        await client.ReceivedAsync("$/progress", progress => progress!["value"]!["kind"]!.GetValue<string>() == "end");
    }

    [Theory]
    [InlineData("smi‸le, 1girl\n---\n(smile:1.2)\nNegative prompt: smile", "0:0 2:1 3:17")]
    [InlineData("long_‸hair, long hair", "0:0 0:11")]
    [InlineData("(‸long (hair:1.2)), long hair", "0:1 0:19")]
    [InlineData("a, # smi‸le", "")]
    [InlineData("‸", "")]
    public async Task The_places_of_a_tag_are_highlighted(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var found = await client.RequestAsync("textDocument/documentHighlight", await client.OpenAtCursorAsync("a.prompt", marked));
        Assert.Equal(expected, string.Join(' ', (found?.AsArray() ?? []).Select(item => $"{item!["range"]!["start"]!["line"]}:{item["range"]!["start"]!["character"]}")));
    }

    [Theory]
    [InlineData("long ‸hair, smile\r\n---\r\n(long hair), long_hair", "0:0 2:1")]
    [InlineData("long ‸hair, smile", "")]
    [InlineData("‸", "")]
    public async Task Places_written_alike_are_linked(string marked, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var found = await client.RequestAsync("textDocument/linkedEditingRange", await client.OpenAtCursorAsync("a.prompt", marked));
        Assert.Equal(expected, string.Join(' ', (found?["ranges"]?.AsArray() ?? []).Select(item => $"{item!["start"]!["line"]}:{item["start"]!["character"]}")));
    }

    [Theory]
    [InlineData("textDocument/documentHighlight")]
    [InlineData("textDocument/linkedEditingRange")]
    [InlineData("textDocument/codeAction")]
    [InlineData("textDocument/formatting")]
    [InlineData("kohaku/edit")]
    public async Task Any_text_is_borne(string method)
    {
        await using var client = await TestClient.StartAsync();
        foreach (var text in new[] { new string('(', 20_000), string.Concat(Enumerable.Repeat("(a, ", 5_000)), string.Concat(Enumerable.Repeat("[a)b](", 5_000)), "\r\r\n\u2028a ,b\0" })
        {
            var uri = await client.OpenAsync("a.prompt", text);
            var answer = await client.AskAsync(method, new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["position"] = new JsonObject { ["line"] = 0, ["character"] = 9_000 },
                ["range"] = TestClient.Range((0, 8_000), (0, 9_000)),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
                ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true },
                ["selections"] = new JsonArray(TestClient.Range((0, 0), (0, 9_000))),
                ["action"] = "raiseWeight",
            });
            Assert.Null(answer["error"]);
        }
    }
}
