using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class FormattingTests
{
    [Theory]
    [InlineData("1girl ,solo\r\n---\r\n( smile : 1.20 ),a\r\n", "1girl, solo\r\n---\r\n(smile:1.2), a\r\n")]
    [InlineData("", "")]
    [InlineData("1girl , ^_^ ,  solo", "1girl, ^_^ , solo")]
    [InlineData("loli , nude", "loli , nude")]
    public async Task A_document_gets_its_form(string text, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", text);
        Assert.Equal(expected, Edits.Apply(text, await client.RequestAsync("textDocument/formatting", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = Options() })));
    }

    [Fact]
    public async Task Edits_are_no_larger_than_what_changes()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, solo,  smile\n---\nsolo");
        var edit = Assert.Single((await client.RequestAsync("textDocument/formatting", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = Options() }))!.AsArray())!;
        Assert.InRange(edit["range"]!["end"]!["character"]!.GetValue<int>() - edit["range"]!["start"]!["character"]!.GetValue<int>(), 1, 8);
    }

    [Fact]
    public async Task A_range_may_reach_over_several_parts()
    {
        await using var client = await TestClient.StartAsync();
        const string text = "a ,b\na ,b\n---\na ,b\na ,b";
        var uri = await client.OpenAsync("a.prompt", text);
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = TestClient.Range((1, 0), (3, 4)), ["options"] = Options() };
        Assert.Equal("a ,b\na, b\n---\na, b\na ,b", Edits.Apply(text, await client.RequestAsync("textDocument/rangeFormatting", parameters)));
        parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["ranges"] = new JsonArray(TestClient.Range((0, 0), (0, 4)), TestClient.Range((4, 0), (4, 4))), ["options"] = Options() };
        Assert.Equal("a, b\na ,b\n---\na ,b\na, b", Edits.Apply(text, await client.RequestAsync("textDocument/rangesFormatting", parameters)));
    }

    [Theory]
    [InlineData("1girl  ,‸solo", ",", "1girl, solo")]
    [InlineData("1girl ,‸", ",", "1girl, ")]
    [InlineData("1girl,‸\r\nsolo", ",", "1girl, \r\nsolo")]
    [InlineData("^_^ ,‸solo", ",", "^_^ , solo")]
    [InlineData("1girl,  ‸", " ", "1girl, ")]
    [InlineData("1girl, ‸", " ", "1girl, ")]
    [InlineData("1girl,  ‸solo", " ", "1girl,  solo")]
    [InlineData("a # b,‸", ",", "a # b,")]
    [InlineData("a\nSteps: 20,‸Seed: 1", ",", "a\nSteps: 20,Seed: 1")]
    [InlineData("loli, nude ,‸", ",", "loli, nude ,")]
    public async Task A_typed_comma_is_tidied(string marked, string typed, string expected)
    {
        await using var client = await TestClient.StartAsync();
        var parameters = await client.OpenAtCursorAsync("a.prompt", marked);
        parameters["ch"] = typed;
        parameters["options"] = Options();
        var edits = await client.RequestAsync("textDocument/onTypeFormatting", parameters);
        Assert.Equal(expected, Edits.Apply(marked.Replace("‸", "", StringComparison.Ordinal), edits ?? new JsonArray()));
    }

    private static JsonObject Options() => new() { ["tabSize"] = 2, ["insertSpaces"] = true };
}
