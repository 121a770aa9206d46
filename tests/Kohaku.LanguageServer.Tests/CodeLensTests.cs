using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class CodeLensTests
{
    [Fact]
    public async Task Above_each_prompt_stand_its_tokens_and_findings() => Assert.Equal(
        ["0:0 6/75 tokens · 1 finding ", "3:1 76/150 tokens ", "6:0 7/75 tokens · 2 findings "],
        await LensesAsync("1girl, long_hair\n---\n\n smile BREAK solo\n\n---\nsmile, smile, long_hair"));

    [Fact]
    public async Task Where_no_text_stands_there_is_none() => Assert.Empty(await LensesAsync("\r\n---\r\n \r\n---\r\n"));

    [Fact]
    public async Task A_file_that_is_one_part_has_a_lens_for_each_prompt() => Assert.Equal(
        ["0:0 2/75 tokens ", "3:0 8/75 tokens · 1 finding "],
        await LensesAsync("# kohaku: disable-file=empty-tag\n1girl\n---\n1girl,,smile, long_hair"));

    [Fact]
    public async Task Only_kohakus_own_extension_gets_a_command()
    {
        Assert.Equal(["0:0 6/75 tokens · 1 finding workbench.actions.view.problems"], await LensesAsync("1girl, long_hair", Requests.Own()));
        Assert.Equal(["0:0 2/75 tokens "], await LensesAsync("1girl", Requests.Own()));
    }

    [Fact]
    public async Task A_client_that_generates_gets_a_lens_for_it_first()
    {
        await using var client = await TestClient.StartAsync(options: new JsonObject { ["generation"] = true });
        var uri = await client.OpenAsync("a.prompt", "1girl\n---\n solo");
        var lenses = (await client.RequestAsync("textDocument/codeLens", Requests.Document(uri)))!.AsArray();

        Assert.Equal(["▷ Generate", "2/75 tokens", "▷ Generate", "1/75 tokens"], lenses.Select(lens => lens!["command"]!["title"]!.GetValue<string>()));
        Assert.Equal("kohaku.generate", lenses[2]!["command"]!["command"]!.GetValue<string>());
        Assert.Equal($$$"""[{"uri":"{{{uri}}}","position":{"line":2,"character":1}}]""", lenses[2]!["command"]!["arguments"]!.ToJsonString());
    }

    [Fact]
    public async Task They_can_be_switched_off() =>
        Assert.Empty(await LensesAsync("1girl", JsonNode.Parse("""{"settings":{"codeLens":{"enabled":false}}}""")!.AsObject()));

    private static async Task<string[]> LensesAsync(string text, JsonObject? options = null)
    {
        await using var client = await TestClient.StartAsync(options: options);
        var lenses = await client.RequestAsync("textDocument/codeLens", Requests.Document(await client.OpenAsync("a.prompt", text)));
        return [.. lenses!.AsArray().Select(lens => $"{Requests.Place(lens!["range"]!["start"]!)} {lens["command"]!["title"]} {lens["command"]!["command"]}")];
    }
}
