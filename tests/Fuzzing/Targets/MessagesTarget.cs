using System.Globalization;
using System.Text;
using System.Text.Json;
using Kohaku.Fuzzing.Engine;
using Kohaku.Fuzzing.Texts;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Messages to a whole server: each request has one answer with its id, none of them an error of the server's own, and the server ends when it is told to.</summary>
/// <remarks>An input is a message a line. The frames are right: careless ones are the target <c>framing</c>.</remarks>
internal sealed class MessagesTarget : Target
{
    private const string Uri = "file:///w/a.prompt";

    private static readonly string[] s_methods =
    [
        "initialize", "initialized", "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders", "$/setTrace", "$/cancelRequest", "kohaku/trustChanged", "textDocument/diagnostic", "workspace/diagnostic", "textDocument/completion", "completionItem/resolve", "textDocument/hover",
        "textDocument/codeAction", "codeAction/resolve", "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta", "textDocument/semanticTokens/range", "textDocument/inlayHint", "textDocument/documentSymbol",
        "workspace/symbol", "textDocument/foldingRange", "textDocument/selectionRange", "textDocument/documentHighlight", "textDocument/linkedEditingRange", "textDocument/references", "textDocument/prepareRename",
        "textDocument/rename", "textDocument/documentLink", "documentLink/resolve", "textDocument/codeLens", "textDocument/formatting", "textDocument/rangeFormatting", "textDocument/rangesFormatting", "textDocument/onTypeFormatting",
        "workspace/executeCommand", "kohaku/edit", "kohaku/explainRule", "kohaku/generationOptions", "kohaku/imagePrompt", "kohaku/insertTag", "kohaku/promptStatus", "kohaku/searchTags", "kohaku/serverStatus", "kohaku/tagInfo",
        "kohaku/generate", "kohaku/clearUsage", "no/such", "",
    ];

    private static readonly JsonTexts s_texts = new(
        ["textDocument", "uri", "position", "line", "character", "range", "start", "end", "context", "diagnostics", "only", "newName", "text", "version", "contentChanges", "query", "positions", "options", "tabSize", "ch", "command", "arguments",
            "action", "rule", "name", "path", "tag", "data", "label", "title", "edit", "ranges", "settings", "kohaku", "changes", "type", "event", "added", "removed", "trusted", "previousResultId", "identifier", "workDoneToken", "partialResultToken", "limit", "id", "value"],
        [$"\"{Uri}\"", "\"file:///w/none.prompt\"", "\"untitled:x\"", "\"%\"", "{\"line\":0,\"character\":3}", "{\"line\":-1,\"character\":99999999999}", "{\"start\":{\"line\":0,\"character\":0},\"end\":{\"line\":9,\"character\":9}}", "2147483648", "\"1girl\"", "\"red eyes\"", "\"tag:1girl\"",
            "\"KHK001\"", "\"raiseWeight\"", "\"sortSections\"", "\"kohaku.fixAll\"", "[\"quickfix\"]", "\",\"", "[{\"text\":\"a, b\"}]"]);

    /// <summary>What a client may be told; −32603, a failure inside the server, is none of them.</summary>
    private static readonly int[] s_errors = [-32700, -32600, -32601, -32602, -32002, -32800, -32801, -32803];

    /// <summary>What is tested: sends messages to a server that has begun, and gives its answers.</summary>
    public Func<IReadOnlyList<byte[]>, IReadOnlyList<(string Id, long Count)>, ServerSession.Answers> Send { get; init; } = static (messages, expected) => ServerSession.Run(messages, expected);

    /// <inheritdoc/>
    public override string Name => "messages";

    /// <inheritdoc/>
    public override int MaximumLength => 4096;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } = [.. s_texts.Words, .. s_methods.Select(method => Encoding.UTF8.GetBytes($"\"{method}\"")), "\n"u8.ToArray()];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var lines = new List<string>();
        if (!dice.OneIn(12)) lines.Add("""{"jsonrpc":"2.0","id":"i","method":"initialize","params":{"processId":null,"capabilities":{"textDocument":{"diagnostic":{}}},"workspaceFolders":null}}""");
        if (!dice.OneIn(12)) lines.Add(Open(PromptTexts.Of(dice, 12)));
        for (var messages = 1 + dice.Length(12); messages > 0; messages--)
        {
            var method = s_methods[dice.Below(s_methods.Length)];
            var id = dice.OneIn(8) ? "" : string.Create(CultureInfo.InvariantCulture, $"\"id\":{lines.Count},");
            var parameters = dice.Below(4) switch { 0 => OneLine(s_texts.Object(dice)), 1 => dice.Pick("null", "{}", "[]", "[1]", "7"), _ => Usual(dice) };
            lines.Add($"{{\"jsonrpc\":\"2.0\",{id}\"method\":\"{method}\",\"params\":{parameters}}}");
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        var messages = new List<byte[]>();
        var sure = new Dictionary<string, long>(StringComparer.Ordinal);
        var unsure = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in Lines(input))
        {
            var (id, isSound, ends) = Look(line);

            // Whoever ends the server early has no right to answers.
            if (ends) continue;
            messages.Add(line);
            if (id is null) continue;
            if (isSound) sure[id] = sure.GetValueOrDefault(id) + 1;
            else unsure.Add(id);
        }

        // Twice the same id at a time is the client's fault: nobody can say what comes.
        var expected = sure.Where(pair => pair.Value == 1 && !unsure.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value)).ToList();
        var answers = Send(messages, expected);
        foreach (var (id, count) in expected) Must.Hold(answers.Counts.GetValueOrDefault(id) == count, "each request has one answer", () => $"{id} has {answers.Counts.GetValueOrDefault(id)}");
        foreach (var (code, message) in answers.Errors) Must.Hold(Array.IndexOf(s_errors, code) >= 0, "no error is the server's own", () => $"{code} {message}\n{answers.Log}");
        Must.Hold(answers.ExitCode == 0, "a server that is told to ends", () => $"{answers.ExitCode}\n{answers.Log}");
    }

    /// <inheritdoc/>
    public override string Show(byte[] input) => Encoding.UTF8.GetString(input);

    private static string Open(string text) =>
        $"{{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{{\"textDocument\":{{\"uri\":\"{Uri}\",\"languageId\":\"kohaku-prompt\",\"version\":1,\"text\":{OneLine(JsonTexts.Quoted(text, new Dice(1, 1)))}}}}}}}";

    private static string Usual(Dice dice) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"textDocument":{"uri":"{{{Uri}}}","version":2},"position":{"line":{{{dice.Below(3)}}},"character":{{{dice.Below(40)}}}},"range":{"start":{"line":0,"character":{{{dice.Below(9)}}}},"end":{"line":{{{dice.Below(4)}}},"character":{{{dice.Below(40)}}}}},"positions":[{"line":0,"character":{{{dice.Below(40)}}}}],"context":{"diagnostics":[],"includeDeclaration":true},"contentChanges":[{"text":{{{OneLine(JsonTexts.Quoted(PromptTexts.Of(dice, 6), dice))}}}}],"newName":"red eyes","query":"hats","options":{"tabSize":4,"insertSpaces":true},"ch":",","previousResultId":"x","previousResultIds":[],"tag":"1girl","name":"1girl","rule":"KHK001","action":"{{{dice.Pick("raiseWeight", "sortSections", "fixAll", "toComfyUI")}}}","command":"kohaku.{{{dice.Pick("fixAll", "sortSections", "x")}}}","arguments":["{{{Uri}}}"],"path":"/w/none.png","label":"1girl","title":"x","data":{"uri":"{{{Uri}}}"},"settings":{"kohaku":{"dialect":"{{{dice.Pick("a1111", "comfyui")}}}"}},"changes":[{"uri":"file:///w/kohaku.json","type":2}],"event":{"added":[],"removed":[]},"trusted":true}""");

    private static string OneLine(string json) => json.Replace("\n", "\\n", StringComparison.Ordinal);

    private static IEnumerable<byte[]> Lines(byte[] input)
    {
        var start = 0;
        for (var i = 0; i <= input.Length; i++)
        {
            if (i < input.Length && input[i] != '\n') continue;
            if (i > start) yield return input[start..i];
            start = i + 1;
        }
    }

    private static (string? Id, bool IsSound, bool Ends) Look(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return (null, false, false);

            var method = root.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
            var ends = root.EnumerateObject().Any(member => member.NameEquals("method") && member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "exit" or "shutdown");
            if (!root.TryGetProperty("id", out var id)) return (null, false, ends);

            var names = root.EnumerateObject().Select(member => member.Name).ToList();
            var isSound = method is { Length: > 0 } && names.Distinct().Count() == names.Count && names.TrueForAll(known => known is "jsonrpc" or "id" or "method" or "params")
                && root.TryGetProperty("jsonrpc", out var version) && version.ValueKind == JsonValueKind.String && version.GetString() == "2.0"
                && (id.ValueKind == JsonValueKind.Number ? id.TryGetInt64(out _) : id.ValueKind == JsonValueKind.String)
                && (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind is JsonValueKind.Object or JsonValueKind.Null);
            return (id.ValueKind == JsonValueKind.String ? id.GetString() : id.GetRawText(), isSound, ends);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return (null, false, body.AsSpan().IndexOf("exit"u8) >= 0 || body.AsSpan().IndexOf("shutdown"u8) >= 0);
        }
    }
}
