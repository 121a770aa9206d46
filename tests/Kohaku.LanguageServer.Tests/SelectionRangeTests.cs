using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

public sealed class SelectionRangeTests
{
    [Fact]
    public async Task It_grows_from_the_word_to_the_document() => Assert.Equal(
        [
            "long", "long hair", "(long hair:1.2)", "((long hair:1.2), smile)", "1girl, ((long hair:1.2), smile)", "1girl, ((long hair:1.2), smile)\n",
            "1girl, ((long hair:1.2), smile)\nNegative prompt: sky", "solo\n---\n1girl, ((long hair:1.2), smile)\nNegative prompt: sky",
        ],
        await SelectionsAsync("solo\n---\n1girl, ((lo‸ng hair:1.2), smile)\nNegative prompt: sky"));

    [Fact]
    public async Task The_negative_prompt_has_its_own_side() =>
        Assert.Equal(["sky", " sky", "1girl\nNegative prompt: sky"], await SelectionsAsync("1girl\nNegative prompt: s‸ky"));

    [Fact]
    public async Task A_parameter_grows_to_its_pair_and_its_line() => Assert.Equal(
        ["20", "Steps: 20", "Steps: 20, Seed: 1", "1girl\nSteps: 20, Seed: 1"],
        await SelectionsAsync("1girl\nSteps: 2‸0, Seed: 1"));

    [Theory]
    [InlineData("‸", "")]
    [InlineData("1girl\n-‸--\nsmile", "1girl\n---\nsmile")]
    public async Task Where_nothing_stands_it_is_the_document(string marked, string expected) => Assert.Equal([expected], await SelectionsAsync(marked));

    [Fact]
    public async Task At_the_end_it_is_the_last_word() => Assert.Equal(["hair", "long hair", "1girl, long hair"], await SelectionsAsync("1girl, long hair‸"));

    [Fact]
    public async Task Deep_brackets_stay_within_what_JSON_can_hold()
    {
        var deep = await SelectionsAsync(new string('(', 10_000) + "a‸" + new string(')', 10_000));
        Assert.InRange(deep.Length, 20, 40);
        Assert.Equal(20_001, deep[^1].Length);
    }

    [Fact]
    public async Task Each_position_has_a_chain()
    {
        await using var client = await TestClient.StartAsync();
        var request = Requests.Document(await client.OpenAsync("a.prompt", "1girl, smile"));
        request["positions"] = new JsonArray(Place(0, 1), Place(0, 8), Place(9, 9));
        var chains = (await client.RequestAsync("textDocument/selectionRange", request))!.AsArray();
        Assert.Equal(["0:0-0:5", "0:7-0:12", "0:7-0:12"], chains.Select(chain => Requests.Write(chain!["range"]!)));
    }

    private static JsonObject Place(int line, int character) => new() { ["line"] = line, ["character"] = character };

    private static async Task<string[]> SelectionsAsync(string marked)
    {
        await using var client = await TestClient.StartAsync();
        var at = await client.OpenAtCursorAsync("a.prompt", marked);
        var request = Requests.Document(at["textDocument"]!["uri"]!.GetValue<string>());
        request["positions"] = new JsonArray(at["position"]!.DeepClone());
        var text = marked.Replace("‸", "", StringComparison.Ordinal);
        var found = new List<string>();
        var chain = (await client.RequestAsync("textDocument/selectionRange", request))![0];
        for (; chain is not null; chain = chain["parent"]) found.Add(text[Offset(text, chain["range"]!["start"]!)..Offset(text, chain["range"]!["end"]!)]);
        return [.. found];
    }

    private static int Offset(string text, JsonNode place)
    {
        var offset = 0;
        for (var line = place["line"]!.GetValue<int>(); line > 0; line--) offset = text.IndexOf('\n', offset) + 1;
        return offset + place["character"]!.GetValue<int>();
    }
}
