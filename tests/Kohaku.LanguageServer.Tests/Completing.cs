using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>Asks for completion with the cursor at <c>‸</c>, and applies items as a client does.</summary>
internal static class Completing
{
    private static int s_files;

    /// <summary>Writes a new file into the workspace.</summary>
    public static void Write(this TestClient client, string name, string text)
    {
        var path = Path.Combine(client.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, text);
    }

    /// <summary>Asks again and again until an answer passes a test: for what the server does in the background.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> test)
    {
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(60);
        while (true)
        {
            var answer = await ask();
            if (test(answer)) return answer;
            if (DateTime.UtcNow > end) throw new TimeoutException("the state that was waited for did not come");
            await Task.Yield();
        }
    }

    /// <summary>The items at the cursor; empty where the answer is null.</summary>
    public static async Task<JsonArray> CompleteAsync(this TestClient client, string marked) => (await client.ListAsync(marked))?["items"]!.AsArray() ?? [];

    /// <summary>The list at the cursor, or null.</summary>
    public static async Task<JsonNode?> ListAsync(this TestClient client, string marked) =>
        await client.RequestAsync("textDocument/completion", await client.OpenAtCursorAsync(NewName(), marked));

    /// <summary>The labels at the cursor.</summary>
    public static async Task<string[]> LabelsAsync(this TestClient client, string marked) => [.. (await client.CompleteAsync(marked)).Select(Label)];

    /// <summary>The text after the item with this label was taken; the first item's where null.</summary>
    public static async Task<string> AcceptAsync(this TestClient client, string marked, string? label = null)
    {
        var list = await client.ListAsync(marked);
        Assert.NotNull(list);
        var item = list["items"]!.AsArray().First(item => label is null || Label(item) == label)!;
        return Apply(marked.Replace("‸", "", StringComparison.Ordinal), list, item);
    }

    /// <summary>A text after an item was taken.</summary>
    public static string Apply(string text, JsonNode list, JsonNode item)
    {
        var (range, inserted) = Edit(list, item);
        return text[..Offset(text, range["start"]!)] + inserted + text[Offset(text, range["end"]!)..];
    }

    /// <summary>What an item replaces and with what.</summary>
    public static (JsonNode Range, string Text) Edit(JsonNode list, JsonNode item) => item["textEdit"] is { } edit
        ? (edit["range"]!, edit["newText"]!.GetValue<string>())
        : (list["itemDefaults"]!["editRange"]!, (item["textEditText"] ?? item["label"])!.GetValue<string>());

    /// <summary>An item's label.</summary>
    public static string Label(JsonNode? item) => item!["label"]!.GetValue<string>();

    /// <summary>The offset of a place.</summary>
    public static int Offset(string text, JsonNode position)
    {
        var at = 0;
        for (var line = position["line"]!.GetValue<int>(); line > 0; line--)
        {
            at = text.IndexOfAny(['\n', '\r'], at);
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        }

        return at + position["character"]!.GetValue<int>();
    }

    /// <summary>A file name that no document had.</summary>
    public static string NewName() => $"c{Interlocked.Increment(ref s_files)}.prompt";
}
