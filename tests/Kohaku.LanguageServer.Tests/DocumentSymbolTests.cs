using System.Text.Json.Nodes;
using CsCheck;

namespace Kohaku.LanguageServer.Tests;

public sealed class DocumentSymbolTests
{
    [Fact]
    public async Task A_prompt_holds_sections_and_they_hold_tags() => Assert.Equal(
        """
        hatsune miku 0:0-1:24 6/75 tokens
          people count 0:0-0:5 1 tag
            1girl 0:0-0:5 people count
          character 0:7-0:19 1 tag
            hatsune miku 0:7-0:19 character
          Negative prompt 1:17-1:24 
            general tags 1:17-1:24 1 tag
              smile 1:18-1:23 general
        """,
        await OutlineAsync("1girl, hatsune miku\nNegative prompt: (smile)"));

    [Fact]
    public async Task A_prompt_without_a_character_is_called_by_its_first_tags() => Assert.Equal(
        ["1girl, solo, smile", "long hair", "(empty)"],
        (await SymbolsAsync("1girl, solo, smile, sky\r\n---\r\nlong hair\r\n---\r\n\r\n---\r\n<lora:x:1>")).Select(symbol => symbol!["name"]!.GetValue<string>()));

    [Fact]
    public async Task A_bracket_round_a_section_belongs_to_it() =>
        Assert.Contains("general tags 0:7-0:25 2 tags", await OutlineAsync("1girl, ((smile), sky:1.2), wlop"), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n---\n")]
    [InlineData("\uFEFF")]
    public async Task Where_no_text_stands_there_is_nothing(string text) => Assert.Empty(await SymbolsAsync(text));

    [Fact]
    public async Task Children_stand_inside_their_parents()
    {
        var all = await SymbolsAsync("(1girl, [smile:frown, sky:5]), ((a b)\n(long hair), \uD83D) AND x BREAK y\nNegative prompt:\n (q,\n(z)\nSteps: 20, Seed: 1");
        Assert.NotEmpty(all);
        foreach (var symbol in all) Check(symbol!);
    }

    [Fact]
    public async Task A_huge_library_ends_at_its_sections()
    {
        var symbols = await SymbolsAsync(string.Join("\n---\n", Enumerable.Repeat(string.Join(", ", Enumerable.Repeat("smile", 100)), 60)));
        Assert.Equal(100, symbols[0]!["children"]![0]!["children"]!.AsArray().Count);
        Assert.Empty(symbols[59]!["children"]![0]!["children"]!.AsArray());
    }

    [Fact]
    public async Task Of_any_text_children_stand_inside_their_parents()
    {
        string[] pieces = ["1girl", "wlop", "smile", ", ", "(", ")", "[", "]", ":1.2)", "|", ":5]", "BREAK", " AND ", "<lora:x:1>", "\n", "\r", "\n---\n", "# n", "\nNegative prompt: ", "\nSteps: 2", "\uD83D", " "];
        await using var client = await TestClient.StartAsync();
        var version = 1;
        var uri = await client.OpenAsync("a.prompt", "");
        await Gen.Int[0, pieces.Length - 1].Select(index => pieces[index]).Array[0, 16].Select(string.Concat).SampleAsync(
            async text =>
            {
                await client.NotifyAsync("textDocument/didChange", new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = ++version },
                    ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
                });
                foreach (var symbol in (await client.RequestAsync("textDocument/documentSymbol", Requests.Document(uri)))!.AsArray()) Check(symbol!);
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public async Task A_client_without_levels_gets_a_list()
    {
        await using var client = await TestClient.StartAsync(JsonNode.Parse("""{"textDocument":{"diagnostic":{}}}""")!.AsObject());
        var symbols = await client.RequestAsync("textDocument/documentSymbol", Requests.Document(await client.OpenAsync("a.prompt", "1girl, smile")));
        Assert.Equal(["1girl, smile ", "people count 1girl, smile", "1girl people count", "general tags 1girl, smile", "smile general tags"],
            symbols!.AsArray().Select(symbol => $"{symbol!["name"]} {symbol["containerName"]}"));
        Assert.Equal("0:7-0:12", Requests.Write(symbols[4]!["location"]!["range"]!));
        Assert.Equal([2, 3, 14, 3, 13], symbols.AsArray().Select(symbol => symbol!["kind"]!.GetValue<int>()));
    }

    private static void Check(JsonNode parent)
    {
        Assert.NotEqual("", parent["name"]!.GetValue<string>().Trim());
        Assert.True(Holds(parent["range"]!, parent["selectionRange"]!), parent.ToJsonString());
        foreach (var child in parent["children"]?.AsArray() ?? [])
        {
            Assert.True(Holds(parent["range"]!, child!["range"]!), parent.ToJsonString());
            Check(child!);
        }
    }

    private static bool Holds(JsonNode outer, JsonNode inner) => Place(outer["start"]!).CompareTo(Place(inner["start"]!)) <= 0 && Place(inner["end"]!).CompareTo(Place(outer["end"]!)) <= 0;

    private static (int Line, int Character) Place(JsonNode position) => (position["line"]!.GetValue<int>(), position["character"]!.GetValue<int>());

    private static async Task<JsonArray> SymbolsAsync(string text)
    {
        await using var client = await TestClient.StartAsync();
        return (await client.RequestAsync("textDocument/documentSymbol", Requests.Document(await client.OpenAsync("a.prompt", text))))!.AsArray();
    }

    private static async Task<string> OutlineAsync(string text) => string.Join('\n', (await SymbolsAsync(text)).SelectMany(symbol => Lines(symbol!, "")));

    private static IEnumerable<string> Lines(JsonNode symbol, string indent)
    {
        var detail = symbol["detail"]?.GetValue<string>().Split(" · ")[0];
        yield return $"{indent}{symbol["name"]} {Requests.Write(symbol["range"]!)} {detail}";
        foreach (var child in symbol["children"]?.AsArray() ?? [])
            foreach (var line in Lines(child!, indent + "  ")) yield return line;
    }
}
