using System.Text.Json.Nodes;
using CsCheck;

namespace Kohaku.LanguageServer.Tests;

/// <summary>What shows a text must bear any text, at any place of it.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] s_pieces =
    [
        "1girl", "hatsune miku", "long_hair", ", ", "(", ")", "[", "]", ":1.2)", ":", "|", ":5]", "\\(", "\\", "BREAK", " AND ", "<lora:x:1>", "<a:", "\n", "\r\n", "\r", "\n---\n", "# note",
        "\n# kohaku: disable=weak-tag", "\nNegative prompt: ", "\nSteps: 20, Sampler: Euler a", "😀", "\uD83D", "\uDE00", "長", "_", " ", "masterpiece", "__wild__", "embedding:x", "{a|b}", "\uFEFF", "\0",
        "# kohaku: disable-file", "card in mouth", "miku (vocaloid)", "long (hair:1.2)",
    ];

    private static readonly string[] s_ofDocuments =
    [
        "textDocument/semanticTokens/full", "textDocument/codeLens", "textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/documentLink",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_request_is_answered(bool bytes)
    {
        await using var client = await TestClient.StartAsync(bytes ? Requests.Bytes() : null);
        var version = 1;
        var uri = await client.OpenAsync("a.prompt", "");
        var gen = Gen.Select(Gen.Int[0, s_pieces.Length - 1].Select(index => s_pieces[index]).Array[0, 16].Select(string.Concat), Gen.Int[0, 5], Gen.Int[0, 40]);
        await gen.SampleAsync(
            async (text, line, character) =>
            {
                await ReplaceAsync(client, uri, ++version, text);
                foreach (var method in s_ofDocuments) await AnswerAsync(client, method, Requests.Document(uri));
                await AnswerAsync(client, "textDocument/inlayHint", Requests.All(uri));
                await AnswerAsync(client, "textDocument/hover", TestClient.At(uri, line, character));
                await AnswerAsync(client, "kohaku/promptStatus", TestClient.At(uri, line, character));
                var place = TestClient.At(uri, line, character);
                place["positions"] = new JsonArray(place["position"]!.DeepClone());
                Check((await AnswerAsync(client, "textDocument/selectionRange", place))![0]!);
            },
            iter: 300,
            threads: 1);
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("[a:", 30_000)]
    [InlineData("(a, ", 30_000)]
    [InlineData("((a)b)", 20_000)]
    [InlineData("smile, ", 140_000)]
    [InlineData("# c\n", 30_000)]
    [InlineData("smile\n---\n", 5_000)]
    public async Task A_huge_text_is_shown(string piece, int count)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", string.Concat(Enumerable.Repeat(piece, count)) + new string(')', piece == "(a, " ? count : 0));
        foreach (var method in s_ofDocuments) await AnswerAsync(client, method, Requests.Document(uri));
        await AnswerAsync(client, "textDocument/inlayHint", Requests.All(uri));
        await AnswerAsync(client, "textDocument/hover", TestClient.At(uri, 0, piece.Length * count / 2));
        await AnswerAsync(client, "kohaku/promptStatus", TestClient.At(uri, 0, 0));
        var place = TestClient.At(uri, 0, piece.Length * count / 2);
        place["positions"] = new JsonArray(place["position"]!.DeepClone());
        Check((await AnswerAsync(client, "textDocument/selectionRange", place))![0]!);
    }

    private static async Task<JsonNode?> AnswerAsync(TestClient client, string method, JsonObject request)
    {
        var answer = await client.AskAsync(method, request);
        Assert.True(answer["error"] is null, $"{method}: {answer["error"]?.ToJsonString()}");
        return answer["result"];
    }

    private static void Check(JsonNode selection)
    {
        for (; selection["parent"] is { } parent; selection = parent)
        {
            Assert.True(Compare(parent["range"]!["start"]!, selection["range"]!["start"]!) <= 0 && Compare(selection["range"]!["end"]!, parent["range"]!["end"]!) <= 0);
            Assert.NotEqual(Requests.Write(parent["range"]!), Requests.Write(selection["range"]!));
        }
    }

    private static int Compare(JsonNode left, JsonNode right) => (Number(left, "line"), Number(left, "character")).CompareTo((Number(right, "line"), Number(right, "character")));

    private static int Number(JsonNode place, string name) => place[name]!.GetValue<int>();

    private static Task ReplaceAsync(TestClient client, string uri, int version, string text) => client.NotifyAsync("textDocument/didChange", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
        ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
    });
}
