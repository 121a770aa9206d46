using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Whatever the text and the range, what is answered can be applied.</summary>
public sealed class EditPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "(", ")", "[", "]", ":", "|", ",", ", ", ", ", "\\", "\\(", "<lora:a:1>", "# c", "\n", "\r\n", " BREAK ", " AND ", "\n---\n", "\nNegative prompt: ", "\nSteps: 0, Seed: 1\n",
        ":1.2)", "[a:b:0.5]", "long_hair", "smile", "1girl", ":3", "((", "))", "hatsune miku (vocaloid)", "1999", ">:(", "pizza box", "\ud83d", "\ud83d\ude00", "best_quality", "blue eeyes", "，",
        "# kohaku: disable=weak-tag",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_edit_of_any_text_and_range_applies(int seed)
    {
        var random = new Random(seed);
        await using var client = await TestClient.StartAsync();
        var uri = await client.OpenAsync("a.prompt", "");
        for (var version = 2; version < 150; version++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            await client.NotifyAsync("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text }),
            });
            var range = TestClient.Range((random.Next(4), random.Next(20)), (random.Next(4), random.Next(20)));
            foreach (var action in await ActionsAsync(client, uri, range))
            {
                var done = action!["edit"] is null ? await client.RequestAsync("codeAction/resolve", action) : action;
                var changes = done!["edit"]!["documentChanges"]!.AsArray();
                if (changes.Any(change => change!["kind"] is not null)) continue;
                var edited = Edits.Apply(text, Edits.Of(done["edit"], uri));
                if (action["kind"]!.GetValue<string>() == "source.fixAll.kohaku") await IsFixedAsync(client, edited);
            }

            var formatted = Edits.Apply(text, await client.RequestAsync("textDocument/formatting", Formatting(uri)));
            var again = await client.OpenAsync("b.prompt", formatted);
            Assert.Equal(formatted, Edits.Apply(formatted, await client.RequestAsync("textDocument/formatting", Formatting(again))));
        }
    }

    // Fixing twice is fixing once.
    private static async Task IsFixedAsync(TestClient client, string text)
    {
        var uri = await client.OpenAsync("fixed.prompt", text);
        foreach (var action in await ActionsAsync(client, uri, Edits.Whole(text), "source.fixAll"))
        {
            var done = await client.RequestAsync("codeAction/resolve", action);
            Assert.Equal(text, Edits.Apply(text, Edits.Of(done!["edit"], uri)));
        }
    }

    private static async Task<JsonArray> ActionsAsync(TestClient client, string uri, JsonObject range, string? only = null) =>
        (await client.RequestAsync("textDocument/codeAction", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["range"] = range.DeepClone(),
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["only"] = only is null ? null : new JsonArray(only) },
        }))!.AsArray();

    private static JsonObject Formatting(string uri) =>
        new() { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["options"] = new JsonObject { ["tabSize"] = 2, ["insertSpaces"] = true } };
}
