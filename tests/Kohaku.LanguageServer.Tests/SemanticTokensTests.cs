using System.Text;
using System.Text.Json.Nodes;
using CsCheck;

namespace Kohaku.LanguageServer.Tests;

public sealed class SemanticTokensTests
{
    private static readonly string[] s_pieces =
    [
        "1girl", "hatsune miku", "long hair", ", ", "(", ")", "[", "]", ":1.2", ":", "|", "\\(", "\\)", "\\", "BREAK", " AND ", "<lora:x:1>", "\n", "\r\n", "\r", "\n---\n", "# note",
        "\nNegative prompt: ", "\nSteps: 20, Seed: 1", "😀", "\uD83D", "\uDE00", "長", "_", " ", "masterpiece", "__wild__", "{a|b}", "\uFEFF", "card in mouth", "# kohaku: disable-file",
    ];

    [Fact]
    public async Task Words_have_the_colours_of_the_legend() => Assert.Equal(
        [
            "0:0 1girl peopleCount", "0:7 hatsune miku character", "0:21 masterpiece special", "0:35 long hair general", "0:44 :1.2 weight", "0:51 <lora:x:1> network",
            "0:63 # note comment",
        ],
        await ReadAsync("1girl, hatsune miku, masterpiece, (long hair:1.2), <lora:x:1>, # note"));

    [Fact]
    public async Task Each_kind_of_tag_has_its_own() => Assert.Equal(
        ["0:0 vocaloid series", "0:10 wlop artist weak", "0:16 highres meta", "0:25 card in mouth general weak", "0:40 qqxyzzy general unknown"],
        await ReadAsync("vocaloid, wlop, highres, card in mouth, qqxyzzy"));

    [Fact]
    public async Task An_escape_divides_its_tag() => Assert.Equal(
        ["0:0 kaga  character", @"0:5 \( escape", "0:7 kancolle character", @"0:15 \) escape"],
        await ReadAsync(@"kaga \(kancolle\)"));

    [Fact]
    public async Task The_negative_prompt_is_marked() => Assert.Equal(
        ["0:0 1girl peopleCount", "1:0 Negative prompt: keyword", "1:17 smile general negative", "2:0 Steps parameterKey", "2:7 20 parameterValue"],
        await ReadAsync("1girl\nNegative prompt: smile\nSteps: 20"));

    [Fact]
    public async Task Words_and_marks_of_syntax_are_keywords() => Assert.Equal(
        ["0:0 1girl peopleCount", "0:6 BREAK keyword", "0:13 smile general", "0:18 | keyword", "0:19 frown general", "1:0 --- separator", "2:0 smile general"],
        await ReadAsync("1girl BREAK [smile|frown]\n---\nsmile"));

    [Fact]
    public async Task A_document_without_text_has_no_tokens() => Assert.Empty(await ReadAsync(""));

    [Fact]
    public async Task A_delta_leads_to_the_whole()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl, smile\n---\n1girl, long hair");
        var first = await client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri));
        await client.ChangeAsync(uri, 2, (0, 7), (0, 7), "masterpiece, ");
        var request = Requests.Document(uri);
        request["previousResultId"] = first!["resultId"]!.GetValue<string>();
        var delta = await client.RequestAsync("textDocument/semanticTokens/full/delta", request);
        var edit = Assert.Single(delta!["edits"]!.AsArray())!;
        Assert.Equal(10, edit["data"]!.AsArray().Count);
        Assert.Null(delta["data"]);
        var whole = await client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri));
        Assert.Equal(Numbers(whole!["data"]!), Apply(Numbers(first["data"]!), delta["edits"]!));
    }

    [Fact]
    public async Task A_result_that_is_not_kept_is_answered_with_the_whole()
    {
        await using var client = await TestClient.StartAsync();
        var request = Requests.Document(await client.OpenAsync("a.prompt", "1girl"));
        request["previousResultId"] = "none";
        Assert.Equal(5, (await client.RequestAsync("textDocument/semanticTokens/full/delta", request))!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_range_has_the_tokens_of_its_lines()
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "1girl\n---\nsmile,\nsolo\n---\n1boy");
        var data = (await client.RequestAsync("textDocument/semanticTokens/range", Requests.Stretch(uri, (1, 0), (2, 3))))!["data"]!;
        Assert.Equal(["1:0 --- separator", "2:0 smile general"], Write(Numbers(data), "1girl\n---\nsmile,\nsolo\n---\n1boy", Legend(client)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_any_text_tokens_are_in_order_inside_their_lines_and_agree_with_each_other(bool bytes)
    {
        await using var client = await TestClient.StartAsync(bytes ? Requests.Bytes() : null);
        var gen = Gen.Int[0, s_pieces.Length - 1].Select(index => s_pieces[index]).Array[0, 20].Select(string.Concat);
        var version = 1;
        var uri = await client.OpenAsync("a.prompt", "");
        var before = await client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri));
        await gen.SampleAsync(
            async text =>
            {
                await client.NotifyAsync("textDocument/didChange", new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = ++version },
                    ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
                });
                var request = Requests.Document(uri);
                request["previousResultId"] = before!["resultId"]!.GetValue<string>();
                var delta = await client.RequestAsync("textDocument/semanticTokens/full/delta", request);
                var full = await client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri));
                var numbers = Numbers(full!["data"]!);
                Assert.Equal(numbers, delta!["edits"] is { } edits ? Apply(Numbers(before["data"]!), edits) : Numbers(delta["data"]!));
                before = full;

                var tokens = Tokens(numbers);
                Check(tokens, Lines(text), bytes);
                var range = await client.RequestAsync("textDocument/semanticTokens/range", Requests.Stretch(uri, (1, 0), (2, 5)));
                Assert.Equal(tokens.Where(token => token.Line is 1 or 2), Tokens(Numbers(range!["data"]!)));
            },
            iter: 300,
            threads: 1);
    }

    private static void Check((int Line, int Character, int Length, int Type, int Modifiers)[] tokens, string[] lines, bool bytes)
    {
        var (line, end) = (0, 0);
        foreach (var token in tokens)
        {
            if (token.Line > line) (line, end) = (token.Line, 0);
            Assert.Equal(line, token.Line);
            Assert.InRange(token.Character, end, int.MaxValue);
            Assert.InRange(token.Length, 1, int.MaxValue);
            end = token.Character + token.Length;
            Assert.InRange(end, 1, bytes ? Encoding.UTF8.GetByteCount(lines[line]) : lines[line].Length);
        }
    }

    private static async Task<string[]> ReadAsync(string text)
    {
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", text);
        return Write(Numbers((await client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri)))!["data"]!), text, Legend(client));
    }

    private static string[] Write(int[] data, string text, JsonNode legend)
    {
        var lines = Lines(text);
        var names = legend["tokenTypes"]!.AsArray();
        var modifiers = legend["tokenModifiers"]!.AsArray();
        return [.. Tokens(data).Select(token => string.Join(' ',
            (IEnumerable<string>)[$"{token.Line}:{token.Character}", lines[token.Line].Substring(token.Character, token.Length), names[token.Type]!.GetValue<string>(),
                .. Enumerable.Range(0, modifiers.Count).Where(bit => (token.Modifiers & (1 << bit)) != 0).Select(bit => modifiers[bit]!.GetValue<string>())]))];
    }

    private static JsonNode Legend(TestClient client) => client.Initialized["capabilities"]!["semanticTokensProvider"]!["legend"]!;

    private static int[] Numbers(JsonNode data) => [.. data.AsArray().Select(number => number!.GetValue<int>())];

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static int[] Apply(int[] before, JsonNode edits)
    {
        var after = before.ToList();
        foreach (var edit in edits.AsArray())
        {
            after.RemoveRange(edit!["start"]!.GetValue<int>(), edit["deleteCount"]!.GetValue<int>());
            after.InsertRange(edit["start"]!.GetValue<int>(), Numbers(edit["data"]!));
        }

        return [.. after];
    }

    private static (int Line, int Character, int Length, int Type, int Modifiers)[] Tokens(int[] data)
    {
        var (line, character) = (0, 0);
        var tokens = new (int, int, int, int, int)[data.Length / 5];
        for (var i = 0; i < tokens.Length; i++)
        {
            character = data[i * 5] == 0 ? character + data[(i * 5) + 1] : data[(i * 5) + 1];
            line += data[i * 5];
            tokens[i] = (line, character, data[(i * 5) + 2], data[(i * 5) + 3], data[(i * 5) + 4]);
        }

        return tokens;
    }
}
