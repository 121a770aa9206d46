using System.Text;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class SynchronizationTests
{
    [Fact]
    public async Task Findings_follow_each_change()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair\n---\n1girl, smile\n");
        Assert.Equal("KHK001", Assert.Single(await client.DiagnosticsAsync(uri))!["code"]!.GetValue<string>());
        await client.ChangeAsync(uri, 2, (0, 11), (0, 12), " ");
        Assert.Empty(await client.DiagnosticsAsync(uri));
        await client.ChangeAsync(uri, 3, (2, 12), (2, 12), ", smile");
        var found = Assert.Single(await client.DiagnosticsAsync(uri))!;
        Assert.Equal("KHK102", found["code"]!.GetValue<string>());
        Assert.Equal(2, found["range"]!["start"]!["line"]!.GetValue<int>());
        Assert.Equal(2, found["relatedInformation"]![0]!["location"]!["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task Findings_move_with_the_lines_above()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl\n---\n1girl, smile, smile\n");
        await client.ChangeAsync(uri, 2, (0, 5), (0, 5), "\r\n\r# a\n");
        var found = Assert.Single(await client.DiagnosticsAsync(uri))!;
        Assert.Equal(5, found["range"]!["start"]!["line"]!.GetValue<int>());
        Assert.Equal(5, found["data"]!["fixes"]![0]!["edits"]![0]!["range"]!["start"]!["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_same_text_has_the_same_result()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var first = await client.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        var id = first!["resultId"]!.GetValue<string>();
        await client.ChangeAsync(uri, 2, (0, 0), (0, 0), "x");
        await client.ChangeAsync(uri, 3, (0, 0), (0, 1), "");
        var second = await client.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["previousResultId"] = id });
        Assert.Equal("unchanged", second!["kind"]!.GetValue<string>());
        Assert.Equal(id, second["resultId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_client_that_does_not_ask_is_sent_findings()
    {
        await using var client = await TestClient.StartAsync(new JsonObject());
        client.Expect("textDocument/publishDiagnostics");
        var uri = await client.OpenAsync("a.prompt", "1girl, long_hair");
        var sent = await client.ReceivedAsync("textDocument/publishDiagnostics");
        Assert.Single(sent!["diagnostics"]!.AsArray());
        Assert.Equal(1, sent["version"]!.GetValue<int>());
        await client.ChangeAsync(uri, 2, (0, 11), (0, 12), " ");
        await client.ReceivedAsync("textDocument/publishDiagnostics", p => p!["version"]?.GetValue<int>() == 2 && p["diagnostics"]!.AsArray().Count == 0);
        await client.NotifyAsync("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        await client.ReceivedAsync("textDocument/publishDiagnostics", p => p!["version"] is null && p["diagnostics"]!.AsArray().Count == 0);
    }

    [Fact]
    public async Task Half_an_emoji_is_text_like_any_other()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, \U0001F600, smile, smile");
        await client.SendAsync(Encoding.UTF8.GetBytes(
            $$$"""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"{{{uri}}}","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":8},"end":{"line":0,"character":9} },"text":"\ude01"}]}}"""));
        Assert.Contains(await client.DiagnosticsAsync(uri), found => found!["code"]!.GetValue<string>() == "KHK102");
        await client.ChangeAsync(uri, 3, (0, 7), (0, 9), "1boy");
        Assert.Contains(await client.DiagnosticsAsync(uri), found => found!["code"]!.GetValue<string>() == "KHK102");
    }

    [Fact]
    public async Task A_change_that_cannot_be_read_makes_the_document_unusable_until_it_is_sent_again()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl");
        await client.NotifyAsync("textDocument/didChange", JsonNode.Parse($$$"""{"textDocument":{"uri":"{{{uri}}}","version":2 },"contentChanges":[{"text":5}]}"""));
        Assert.Equal(-32803, (await client.AskAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }))["error"]!["code"]!.GetValue<int>());
        await client.NotifyAsync("textDocument/didChange", JsonNode.Parse($$$"""{"textDocument":{"uri":"{{{uri}}}","version":3},"contentChanges":[{"text":"1girl, long_hair"}]}"""));
        Assert.Single(await client.DiagnosticsAsync(uri));
    }

    [Theory]
    [InlineData("file:///C%3A/a%20b.prompt", "file:///c:/a b.prompt")]
    [InlineData("file:///tmp/%E9%95%BF.prompt", "file:///tmp/长.prompt")]
    public async Task A_document_is_one_however_its_uri_is_written(string opened, string asked)
    {
        await using var client = await TestClient.StartAsync();
        await client.NotifyAsync("textDocument/didOpen", JsonNode.Parse($$$"""{"textDocument":{"uri":"{{{opened}}}","languageId":"kohaku-prompt","version":1,"text":"1girl, long_hair"}}"""));
        Assert.Single(await client.DiagnosticsAsync(asked));
    }

    [Fact]
    public async Task Places_past_the_end_are_clamped()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl\nsmile");
        await client.ChangeAsync(uri, 2, (0, 5), (0, 400), ",");
        await client.ChangeAsync(uri, 3, (7, 0), (9, 1), ", smile");
        Assert.Equal("KHK102", Assert.Single(await client.DiagnosticsAsync(uri))!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task Columns_may_be_bytes()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"general":{"positionEncodings":["utf-8"]},"textDocument":{"diagnostic":{}}}""")!.AsObject());
        Assert.Equal("utf-8", client.Initialized["capabilities"]!["positionEncoding"]!.GetValue<string>());
        var uri = await client.OpenAsync("a.prompt", "長\U0001F600, long_hair");
        var found = (await client.DiagnosticsAsync(uri)).Single(item => item!["code"]!.GetValue<string>() == "KHK001")!;
        Assert.Equal(9, found["range"]!["start"]!["character"]!.GetValue<int>());
        await client.ChangeAsync(uri, 2, (0, 13), (0, 14), " ");
        Assert.DoesNotContain(await client.DiagnosticsAsync(uri), item => item!["code"]!.GetValue<string>() == "KHK001");
        var hover = await client.RequestAsync("textDocument/hover", TestClient.At(uri, 0, 13));
        Assert.StartsWith("**long hair**", hover!["contents"]!["value"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
