using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>
/// A client that does what clients do in random order, by a seed, and checks every answer: one to each request, with its own id, about the text as it was when the request was sent.
/// </summary>
internal sealed class RandomClient
{
    private const int Cancelled = -32800;

    // Each is refused on its own, and what follows is read.
    private static readonly string[] s_noMessages = ["{\"broken}", "[]", "null", "{\"jsonrpc\":\"2.0\"", "7", "{}", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", "\u00FF"];

    // The first is what holds at the start, and for the command line.
    private static readonly string[] s_settings = ["{}", """{"rules":{"KHK001":"none","KHK102":"error"}}""", """{"dialect":"comfyui"}""", """{"tokenLimit":150}"""];

    private readonly TestClient _client;
    private readonly Random _random;
    private readonly RandomEdits _edits;
    private readonly bool _bytes;
    private readonly RequestKind[] _kinds;
    private readonly Dictionary<string, (ModelText Text, int Version)> _open = [];
    private readonly List<Task> _checks = [];
    private int _names;
    private int _strings;
    private int _refused;
    private int _setting;

    /// <summary>A client of a server that is running.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="seed">Makes the same run again.</param>
    public RandomClient(TestClient client, int seed)
    {
        (_client, _random) = (client, new Random(seed));
        _edits = new RandomEdits(_random);
        var capabilities = client.Initialized["capabilities"]!;
        _bytes = capabilities["positionEncoding"]!.GetValue<string>() == "utf-8";
        _kinds = RandomRequests.Offered(capabilities);
    }

    /// <summary>How often each kind of request was answered.</summary>
    public Dictionary<string, int> Answered { get; } = [];

    /// <summary>Takes so many steps, then waits for every answer.</summary>
    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            await StepAsync();

            // Bursts of whatever length stand unanswered meanwhile; all of them never.
            if (_checks.Count > 40) await SettleAsync();
        }

        if (_open.Count == 0) await OpenAsync();
        await ConfigureAsync(0);
        Assert.Equal(_refused, _client.Refusals.Count);
        Assert.All(_client.Refusals, refusal => Assert.Contains(refusal["error"]!["code"]!.GetValue<int>(), new[] { -32700, -32600 }));
    }

    /// <summary>The documents that are open now.</summary>
    public IEnumerable<(string Uri, ModelText Text)> Open => _open.Select(open => (open.Key, open.Value.Text));

    private Task StepAsync() => _random.Next(100) switch
    {
        < 4 when _open.Count < 8 => OpenAsync(),
        _ when _open.Count == 0 => OpenAsync(),
        < 6 => CloseAsync(),
        < 50 => EditAsync(),
        < 58 => CompareAsync(),
        < 60 => BreakAsync(),
        60 when _random.Next(10) == 0 => ConfigureAsync(_random.Next(s_settings.Length)),
        _ => AskAsync(),
    };

    private async Task OpenAsync()
    {
        var (uri, text) = (_client.Uri($"{++_names}.prompt"), new ModelText(_bytes));
        text.Set(_edits.Text());
        _open[uri] = (text, 1);
        await SendOpenAsync(uri, text.Text);
    }

    private async Task CloseAsync()
    {
        var uri = Any();
        _open.Remove(uri);
        await _client.NotifyAsync("textDocument/didClose", Identifier(uri));
    }

    private async Task EditAsync()
    {
        var uri = Any();
        var (text, version) = _open[uri];
        var changes = _edits.Apply(text);
        _open[uri] = (text, version + 1);
        await SendAsync($$$"""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"{{{uri}}}","version":{{{version + 1}}} },"contentChanges":{{{changes}}} } }""");
    }

    // New settings hold from some moment on: nothing is under way meanwhile, and the name of a result tells when.
    private async Task ConfigureAsync(int setting)
    {
        await SettleAsync();
        if (setting == _setting) return;

        _setting = setting;
        var uri = Any();
        var before = await SetupAsync(uri);
        await SendAsync($$$"""{"jsonrpc":"2.0","method":"workspace/didChangeConfiguration","params":{"settings":{"kohaku":{{{s_settings[setting]}}} } } }""");
        while (await SetupAsync(uri) == before)
        {
        }
    }

    private async Task<string> SetupAsync(string uri) =>
        (await _client.RequestAsync("textDocument/diagnostic", Identifier(uri)))!["resultId"]!.GetValue<string>().Split('-')[0];

    // A second document with the same text, opened whole: it must have the same findings under the same name.
    private async Task CompareAsync()
    {
        var uri = Any();
        var fresh = _client.Uri($"{++_names}.prompt");
        var edited = _client.BeginAsync("textDocument/diagnostic", Identifier(uri), out _);
        await SendOpenAsync(fresh, _open[uri].Text.Text);
        var whole = _client.BeginAsync("textDocument/diagnostic", Identifier(fresh), out _);
        await _client.NotifyAsync("textDocument/didClose", Identifier(fresh));
        _checks.Add(SameAsync(uri, edited, fresh, whole));
    }

    private static async Task SameAsync(string uri, Task<JsonObject> edited, string fresh, Task<JsonObject> whole)
    {
        var (left, right) = ((await edited)["result"]!, (await whole)["result"]!);
        Assert.Equal(right["resultId"]!.GetValue<string>(), left["resultId"]!.GetValue<string>());
        Assert.Equal(Raw(right["items"]!).Replace(fresh, uri, StringComparison.Ordinal), Raw(left["items"]!));
    }

    private async Task BreakAsync()
    {
        _refused++;
        await _client.SendAsync(Encoding.Latin1.GetBytes(s_noMessages[_random.Next(s_noMessages.Length)]));
    }

    private async Task AskAsync()
    {
        var kind = _kinds[_random.Next(_kinds.Length)];
        var uri = Any();
        var (text, _) = _open[uri];
        var (start, end) = _edits.Stretch(text);
        if (text.Offset(start) > text.Offset(end)) (start, end) = (end, start);
        var parameters = kind.Parameters(uri, Place(start), Place(end));
        var (id, answer) = await BeginAsync(kind.Method, parameters);
        var isCancelled = _random.Next(10) == 0;
        if (isCancelled) await _client.NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id.DeepClone() });

        // A copy: later edits change the model, never the answer.
        var then = new ModelText(_bytes);
        then.Set(text.Text);
        _checks.Add(CheckAsync(kind, id, then, $"{start}–{end}", isCancelled, answer));
    }

    private async Task CheckAsync(RequestKind kind, JsonNode id, ModelText then, string place, bool isCancelled, Task<JsonObject> pending)
    {
        var answer = await pending;
        Assert.True(JsonNode.DeepEquals(id, answer["id"]), $"{kind.Method}: {id.ToJsonString()} was answered as {answer["id"]?.ToJsonString()}");
        Assert.True(answer.ContainsKey("result") != answer.ContainsKey("error"), $"{kind.Method}: neither or both of result and error");
        lock (Answered) Answered[kind.Method] = Answered.GetValueOrDefault(kind.Method) + 1;
        if (answer["error"] is { } error)
        {
            var code = error["code"]!.GetValue<int>();
            Assert.True((isCancelled && code == Cancelled) || kind.Refusals.Contains(code), $"{kind.Method}: error {code}, {error["message"]}\nat {place} of {ModelText.Json(then.Text)}\n{_client.Server.LogText}");
            return;
        }

        if (kind.IsAboutDocument) CheckPlaces(kind.Method, answer["result"], then);
    }

    private static void CheckPlaces(string method, JsonNode? node, ModelText text)
    {
        switch (node)
        {
            case JsonObject range when range["start"] is JsonObject start && range["end"] is JsonObject end && start.ContainsKey("line"):
                var (from, to) = (PlaceOf(start), PlaceOf(end));
                Assert.True(text.Holds(from.Line, from.Character) && text.Holds(to.Line, to.Character), $"{method}: {range.ToJsonString()} is no place of the text as it was");
                Assert.True(from.CompareTo(to) <= 0, $"{method}: {range.ToJsonString()} ends before it begins");
                break;
            case JsonObject inner:
                foreach (var (_, value) in inner) CheckPlaces(method, value, text);
                break;
            case JsonArray items:
                foreach (var item in items) CheckPlaces(method, item, text);
                break;
        }
    }

    private async Task<(JsonNode Id, Task<JsonObject> Answer)> BeginAsync(string method, JsonObject parameters)
    {
        if (_random.Next(3) > 0)
        {
            var numbered = _client.BeginAsync(method, parameters, out var number);
            return (JsonValue.Create(number), numbered);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"r{++_strings} \"é");
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters, ["id"] = id }.ToJsonString());
        await Task.CompletedTask;
        return (JsonValue.Create(id), _client.AskRawAsync(id, [.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body]));
    }

    private async Task SettleAsync()
    {
        await Task.WhenAll(_checks);
        _checks.Clear();
    }

    private string Any() => _open.Keys.ElementAt(_random.Next(_open.Count));

    private Task SendOpenAsync(string uri, string text) => SendAsync(
        $$$"""{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"{{{uri}}}","languageId":"kohaku-prompt","version":1,"text":{{{ModelText.Json(text)}}} } } }""");

    private Task SendAsync(string message) => _client.SendAsync(Encoding.ASCII.GetBytes(message));

    private static JsonObject Identifier(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    private static JsonObject Place((int Line, int Character) place) => new() { ["line"] = place.Line, ["character"] = place.Character };

    private static (int Line, int Character) PlaceOf(JsonObject place) => (place["line"]!.GetValue<int>(), place["character"]!.GetValue<int>());

    // As it came: half a character cannot be read into a string.
    private static string Raw(JsonNode node) => node switch
    {
        JsonObject inner => "{" + string.Join(',', inner.Select(pair => $"{pair.Key}:{(pair.Value is null ? "null" : Raw(pair.Value))}")) + "}",
        JsonArray items => "[" + string.Join(",\n", items.Select(item => item is null ? "null" : Raw(item))) + "]",
        _ => node.GetValue<JsonElement>().GetRawText(),
    };
}
