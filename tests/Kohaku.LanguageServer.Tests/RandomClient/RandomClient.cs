using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests.RandomClient;

/// <summary>
/// A client that does what clients do in random order, by a seed, and checks every answer: one to each request, with its own id, about the text as it was when the request was sent.
/// Now and then all stands still, and the server must agree with one that has just started.
/// </summary>
internal sealed class RandomClient
{
    private const int Cancelled = -32800;
    private const int MethodNotFound = -32601;
    private const int InvalidParams = -32602;
    private const int RequestFailed = -32803;
    private const int MostOpen = 8;
    private const int MostUnanswered = 40;

    // Each is refused on its own, and what follows is read.
    private static readonly string[] s_noMessages = ["{\"broken}", "[]", "null", "{\"jsonrpc\":\"2.0\"", "7", "{}", "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", "\u00FF", ""];

    // Lines that belong to no message are passed over.
    private static readonly string[] s_noise = ["", "\r\n\r\n", "no header\r\n", "X-Other: 7\r\n\r\n", "Content-Length: x\r\n\r\n", "\n\n\n", "Content-Type: text/plain\n"];

    // What is about nothing changes nothing.
    private static readonly (string Method, string Parameters)[] s_strange =
    [
        ("textDocument/didClose", """{"textDocument":{"uri":"file:///never/opened.prompt"}}"""), ("textDocument/didSave", """{"textDocument":{"uri":"untitled:never"}}"""),
        ("textDocument/didChange", """{"textDocument":{"uri":"file:///never/opened.prompt","version":3},"contentChanges":[{"text":"x"}]}"""), ("textDocument/didChange", """{"textDocument":7}"""),
        ("textDocument/didOpen", """{"textDocument":{"uri":"file:///never/opened.prompt"}}"""), ("textDocument/didClose", "[]"), ("textDocument/didSave", "7"),
        ("workspace/didChangeWatchedFiles", """{"changes":7}"""), ("workspace/didChangeWatchedFiles", """{"changes":[{"uri":"http://example.org/x","type":9}]}"""),
        ("workspace/didChangeWorkspaceFolders", """{"event":{"added":[]}}"""), ("kohaku/trustChanged", """{"trusted":"yes"}"""), ("$/setTrace", """{"value":"verbose"}"""),
        ("$/cancelRequest", """{"id":-7}"""), ("$/cancelRequest", """{"id":"never asked"}"""), ("$/cancelRequest", """{"id":null}"""), ("$/cancelRequest", "{}"), ("$/cancelRequest", "[]"), ("$/progress", """{"token":1,"value":{}}"""),
        ("kohaku/none", "{}"), ("$/none", "null"),
    ];

    private readonly TestClient _client;
    private readonly ClientKind _kind;
    private readonly Random _random;
    private readonly RandomEdits _edits;
    private readonly Kept _kept = new();
    private readonly Dictionary<string, (ModelText Text, int Version)> _open = [];
    private readonly List<Task> _checks = [];
    private int _names;
    private int _strings;
    private int _refused;

    /// <summary>A client of a server that is running.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="kind">What the client can do.</param>
    /// <param name="seed">Makes the same run again.</param>
    public RandomClient(TestClient client, ClientKind kind, int seed)
    {
        (_client, _kind, _random) = (client, kind, new Random(seed));
        _edits = new RandomEdits(_random);
        Workspace = new RandomWorkspace(client, _random, _edits, NotifyAsync);
    }

    /// <summary>The notifications it sends beside <see cref="RandomRequests.All"/>; the connection itself begins and ends.</summary>
    public static IReadOnlyList<string> Notifications { get; } =
    [
        "textDocument/didOpen", "textDocument/didChange", "textDocument/didClose", "textDocument/didSave", "workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders", "kohaku/trustChanged", "$/setTrace",
    ];

    /// <summary>What changes around the documents.</summary>
    public RandomWorkspace Workspace { get; }

    /// <summary>How many messages of each kind were sent: methods, and what is no message.</summary>
    public Dictionary<string, int> Sent { get; } = [];

    /// <summary>How often the server was compared with a fresh one.</summary>
    public int Checkpoints { get; private set; }

    /// <summary>The documents that are open now.</summary>
    public IEnumerable<(string Uri, ModelText Text)> Open => _open.Select(open => (open.Key, open.Value.Text));

    /// <summary>Sends each kind of message once, takes so many steps, then waits for every answer.</summary>
    /// <param name="steps">The steps; each is a message or a few.</param>
    /// <param name="checkpoint">A fresh server is compared with after so many.</param>
    /// <param name="tenth">Told of each tenth of the steps.</param>
    public async Task RunAsync(int steps, int checkpoint, Action<int>? tenth = null)
    {
        await OpenAsync();
        await Workspace.ChangeAllAsync();
        foreach (var kind in RandomRequests.All) await AskAsync(kind);
        foreach (var (method, parameters) in s_strange) await NotifyAsync(method, JsonNode.Parse(parameters));
        await LoseAsync();
        for (var i = 1; i <= steps; i++)
        {
            await StepAsync();

            // Bursts of whatever length stand unanswered meanwhile; all of them never.
            if (_checks.Count > MostUnanswered) await SettleAsync();
            if (i % checkpoint == 0) await CheckpointAsync();
            if (i % Math.Max(1, steps / 10) == 0) tenth?.Invoke(i);
        }

        if (_open.Count == 0) await OpenAsync();
        await Workspace.RestoreAsync();
        await CheckpointAsync();
        Assert.Equal(_refused, _client.Refusals.Count);
        Assert.All(_client.Refusals, refusal => Assert.Contains(refusal["error"]!["code"]!.GetValue<int>(), new[] { -32700, -32600 }));
    }

    /// <summary><c>textDocument/didOpen</c>.</summary>
    public static byte[] OpenMessage(string uri, int version, string text) => Encoding.ASCII.GetBytes(
        $$$"""{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"{{{uri}}}","languageId":"kohaku-prompt","version":{{{version}}},"text":{{{ModelText.Json(text)}}} } } }""");

    private Task StepAsync() => _random.Next(100) switch
    {
        < 3 when _open.Count < MostOpen => OpenAsync(),
        _ when _open.Count == 0 => OpenAsync(),
        < 5 => CloseAsync(),
        < 45 => EditAsync(),
        < 50 => CompareAsync(),
        < 52 => BreakAsync(),
        < 54 => DamageAsync(),
        54 => StrangeAsync(),
        55 => Workspace.ChangeAsync(),
        56 => TokensAsync(),
        57 when _random.Next(4) == 0 => LoseAsync(),
        57 => NotifyAsync("textDocument/didSave", Requests.Document(Any())),
        _ => AskAsync(RandomRequests.All[_random.Next(RandomRequests.All.Count)]),
    };

    private async Task OpenAsync()
    {
        var name = ++_names;
        var uri = _random.Next(8) switch
        {
            0 => $"untitled:Untitled-{name}",
            1 => _client.Uri($"disk/{_random.Next(12)}.prompt"),
            2 => _client.Uri($"a%20folder/%C3%A9{name}.prompt"),
            _ => _client.Uri($"{name}.prompt"),
        };
        if (_open.ContainsKey(uri)) return;

        var text = new ModelText(_kind.Encoding == "utf-8");
        text.Set(_edits.Text());
        _open[uri] = (text, 1);
        await SendOpenAsync(uri, 1, text.Text);
    }

    private async Task CloseAsync()
    {
        var uri = Any();
        _open.Remove(uri);
        await NotifyAsync("textDocument/didClose", Requests.Document(uri));
    }

    private async Task EditAsync()
    {
        var uri = Any();
        var (text, version) = _open[uri];
        await SendChangesAsync(uri, version + 1, _edits.Apply(text));
    }

    private async Task SendChangesAsync(string uri, int version, string changes)
    {
        _open[uri] = (_open[uri].Text, version);
        await SendAsync("textDocument/didChange", Encoding.ASCII.GetBytes($$$"""{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"{{{uri}}}","version":{{{version}}} },"contentChanges":{{{changes}}} } }"""));
    }

    // A change that cannot be read: nothing is said of the document until it is sent whole.
    private async Task LoseAsync()
    {
        var uri = Any();
        await NotifyAsync("textDocument/didChange", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = "x" }, ["contentChanges"] = new JsonArray() });
        Count("textDocument/diagnostic");
        _checks.Add(RefusedAsync(_client.AskAsync("textDocument/diagnostic", Requests.Document(uri))));
        await SendChangesAsync(uri, _open[uri].Version + 1, $$"""[{"text":{{ModelText.Json(_open[uri].Text.Text)}}}]""");

        static async Task RefusedAsync(Task<JsonObject> answer) => Assert.Equal(RequestFailed, (await answer)["error"]?["code"]?.GetValue<int>());
    }

    // A second document with the same text, opened whole: it must have the same findings under the same name. Where the configuration changes in between, they say so.
    private async Task CompareAsync()
    {
        var uri = Any();
        var fresh = $"{uri[..(uri.LastIndexOfAny(['/', ':']) + 1)]}fresh-{++_names}.prompt";
        Count("textDocument/diagnostic", 2);
        var edited = _client.BeginAsync("textDocument/diagnostic", Requests.Document(uri), out _);
        await SendOpenAsync(fresh, 1, _open[uri].Text.Text);
        var whole = _client.BeginAsync("textDocument/diagnostic", Requests.Document(fresh), out _);
        await NotifyAsync("textDocument/didClose", Requests.Document(fresh));
        _checks.Add(SameAsync(uri, edited, fresh, whole));
    }

    private static async Task SameAsync(string uri, Task<JsonObject> edited, string fresh, Task<JsonObject> whole)
    {
        var (left, right) = ((await edited)["result"]!, (await whole)["result"]!);
        var (leftName, rightName) = (left["resultId"]!.GetValue<string>(), right["resultId"]!.GetValue<string>());
        if (leftName.Split('-')[0] != rightName.Split('-')[0]) return;

        Assert.Equal(rightName, leftName);
        Assert.Equal(FreshServer.Raw(right["items"]).Replace(fresh, uri, StringComparison.Ordinal), FreshServer.Raw(left["items"]));
    }

    // All tokens, what changed since, and all again: the changes lead from one to the other.
    private async Task TokensAsync()
    {
        var uri = Any();
        Count("textDocument/semanticTokens/full", 2);
        Count("textDocument/semanticTokens/full/delta");
        var before = (await _client.RequestAsync("textDocument/semanticTokens/full", Requests.Document(uri)))!;
        await EditAsync();
        var parameters = Requests.Document(uri);
        parameters["previousResultId"] = before["resultId"]!.DeepClone();
        var change = _client.AskAsync("textDocument/semanticTokens/full/delta", parameters);
        var after = _client.AskAsync("textDocument/semanticTokens/full", Requests.Document(uri));
        var (changed, all) = ((await change)["result"]!, (await after)["result"]!);
        var data = (changed["data"] ?? before["data"])!.AsArray().Select(number => number!.GetValue<int>()).ToList();
        foreach (var edit in changed["edits"]?.AsArray().Reverse() ?? [])
        {
            var start = edit!["start"]!.GetValue<int>();
            data.RemoveRange(start, edit["deleteCount"]!.GetValue<int>());
            data.InsertRange(start, edit["data"]?.AsArray().Select(number => number!.GetValue<int>()) ?? []);
        }

        Assert.Equal(all["data"]!.AsArray().Select(number => number!.GetValue<int>()), data);
    }

    private async Task BreakAsync()
    {
        _refused++;
        Count("(no message)");
        await _client.SendRawAsync(Frame(Encoding.Latin1.GetBytes(s_noMessages[_random.Next(s_noMessages.Length)])));
    }

    private Task StrangeAsync()
    {
        var (method, parameters) = s_strange[_random.Next(s_strange.Length)];
        if (_random.Next(4) > 0) return NotifyAsync(method, JsonNode.Parse(parameters));

        var name = $"kohaku/none{_random.Next(3)}";
        Count(name);
        _checks.Add(NotKnownAsync(_client.AskAsync(name, JsonNode.Parse(parameters))));
        return Task.CompletedTask;

        static async Task NotKnownAsync(Task<JsonObject> answer) => Assert.Equal(MethodNotFound, (await answer)["error"]?["code"]?.GetValue<int>());
    }

    private async Task DamageAsync()
    {
        var kind = RandomRequests.All[_random.Next(RandomRequests.All.Count)];
        var parameters = Damage.Of(kind.Parameters(About(Any(), out _)), _random);
        Count(kind.Method);
        var answer = _client.BeginAsync(kind.Method, parameters, out var id);
        _checks.Add(CheckAsync(kind with { IsAboutDocument = false, Refusals = [InvalidParams, .. kind.Refusals] }, JsonValue.Create(id), "", null, parameters?.ToJsonString() ?? "no parameters", false, answer));
        await Task.CompletedTask;
    }

    private async Task AskAsync(RequestKind kind)
    {
        var uri = Any();
        var about = About(uri, out var place);
        var (id, answer) = await BeginAsync(kind.Method, kind.Parameters(about));
        var isCancelled = _random.Next(10) == 0;
        if (isCancelled) await NotifyAsync("$/cancelRequest", new JsonObject { ["id"] = id.DeepClone() });
        _checks.Add(CheckAsync(kind, id, uri, _open[uri].Text.Copy(), place, isCancelled, answer));
    }

    private Subject About(string uri, out string place)
    {
        var (text, version) = _open[uri];
        var (start, end) = _edits.Stretch(text);
        if (text.Offset(start) > text.Offset(end)) (start, end) = (end, start);
        place = $"{start}–{end}";
        return new Subject(uri, version, Place(start), Place(end), _random.Next(1_000_000), _kept);
    }

    private async Task CheckAsync(RequestKind kind, JsonNode id, string uri, ModelText? then, string place, bool isCancelled, Task<JsonObject> pending)
    {
        var answer = await pending;
        Assert.True(JsonNode.DeepEquals(id, answer["id"]), $"{kind.Method}: {id.ToJsonString()} was answered as {answer["id"]?.ToJsonString()}");
        Assert.True(answer.ContainsKey("result") != answer.ContainsKey("error"), $"{kind.Method}: neither or both of result and error");
        if (answer["error"] is { } error)
        {
            var code = error["code"]!.GetValue<int>();
            Assert.True((isCancelled && code == Cancelled) || kind.Refusals.Contains(code), $"{kind.Method}: error {code}, {error["message"]}\nat {place} of {(then is null ? "" : ModelText.Json(then.Text))}\n{_client.Server.LogText}");
            return;
        }

        if (kind.IsAboutDocument && then is not null) CheckPlaces(kind.Method, answer["result"], uri, then);
        if (then is not null) Keep(kind.Method, answer["result"]);
    }

    private void Keep(string method, JsonNode? result)
    {
        switch (method)
        {
            case "textDocument/completion": _kept.Keep(method, result?["items"]?.AsArray() ?? []); break;
            case "textDocument/codeAction" or "textDocument/documentLink": _kept.Keep(method, result?.AsArray() ?? []); break;
            case "textDocument/diagnostic" or "textDocument/semanticTokens/full": _kept.Keep(method, [result?["resultId"]]); break;
            case "workspace/diagnostic":
                _kept.Keep(method, result!["items"]!.AsArray().Select(item => new JsonObject { ["uri"] = item!["uri"]!.DeepClone(), ["value"] = item["resultId"]!.DeepClone() }));
                break;
        }
    }

    private static void CheckPlaces(string method, JsonNode? node, string uri, ModelText text)
    {
        switch (node)
        {
            // Of another file: a tag is allowed in a configuration.
            case JsonObject edit when IsOfAnother(edit, uri):
                break;
            case JsonObject range when range["start"] is JsonObject start && range["end"] is JsonObject end && start.ContainsKey("line"):
                var (from, to) = (PlaceOf(start), PlaceOf(end));
                Assert.True(text.Holds(from.Line, from.Character) && text.Holds(to.Line, to.Character), $"{method}: {range.ToJsonString()} is no place of the text as it was");
                Assert.True(from.CompareTo(to) <= 0, $"{method}: {range.ToJsonString()} ends before it begins");
                break;
            case JsonObject inner:
                foreach (var (_, value) in inner) CheckPlaces(method, value, uri, text);
                break;
            case JsonArray items:
                foreach (var item in items) CheckPlaces(method, item, uri, text);
                break;
        }
    }

    private static bool IsOfAnother(JsonObject edit, string uri) => edit["textDocument"] is JsonObject document && document["uri"] is { } other && other.GetValue<string>() != uri;

    private async Task<(JsonNode Id, Task<JsonObject> Answer)> BeginAsync(string method, JsonObject parameters)
    {
        Count(method);
        if (_random.Next(3) > 0)
        {
            var numbered = _client.BeginAsync(method, parameters, out var number);
            return (JsonValue.Create(number), numbered);
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"r{++_strings} \"é");
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters, ["id"] = id }.ToJsonString());
        await Task.CompletedTask;
        return (JsonValue.Create(id), _client.AskRawAsync(id, Frame(body)));
    }

    // As careful clients frame a message, and as others do.
    private byte[] Frame(byte[] body)
    {
        var header = _random.Next(10) switch
        {
            0 => $"{s_noise[_random.Next(s_noise.Length)]}Content-Length: {body.Length}\r\n\r\n",
            1 => $"Content-Length: {body.Length}\n\n",
            2 => $"content-length:{body.Length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
            _ => $"Content-Length: {body.Length}\r\n\r\n",
        };
        return [.. Encoding.ASCII.GetBytes(header), .. body];
    }

    private async Task CheckpointAsync()
    {
        await SettleAsync();
        Checkpoints++;
        _client.Forget();
        var documents = _open.Select(open => (open.Key, Place(open.Value.Text.Place(_random.Next(open.Value.Text.Text.Length + 1))))).ToList();
        await using var fresh = await FreshServer.StartAsync(_client, _kind, Workspace, _open.Select(open => (open.Key, open.Value.Version, open.Value.Text.Text)));
        var end = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        while (await fresh.DifferenceAsync(_client, documents) is { } difference)
        {
            // Only what the server reads by and by may come later.
            Assert.True(!Workspace.IsSettled && DateTime.UtcNow < end, difference);
        }

        Workspace.IsSettled = true;
    }

    private async Task SettleAsync()
    {
        await Task.WhenAll(_checks);
        _checks.Clear();
    }

    private string Any() => _open.Keys.ElementAt(_random.Next(_open.Count));

    private Task SendOpenAsync(string uri, int version, string text) => SendAsync("textDocument/didOpen", OpenMessage(uri, version, text));

    private Task NotifyAsync(string method, JsonNode? parameters)
    {
        Count(method);
        return _client.NotifyAsync(method, parameters);
    }

    private Task SendAsync(string method, byte[] body)
    {
        Count(method);
        return _client.SendRawAsync(Frame(body));
    }

    private void Count(string kind, int times = 1) => Sent[kind] = Sent.GetValueOrDefault(kind) + times;

    private static JsonObject Place((int Line, int Character) place) => new() { ["line"] = place.Line, ["character"] = place.Character };

    private static (int Line, int Character) PlaceOf(JsonObject place) => (place["line"]!.GetValue<int>(), place["character"]!.GetValue<int>());
}
