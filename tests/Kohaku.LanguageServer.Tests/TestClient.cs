using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kohaku.LanguageServer.Tests;

/// <summary>A client that speaks the protocol itself, byte by byte. A message that no test asked for fails the test that is running.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TestServer _server;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly ConcurrentDictionary<string, Func<JsonNode?, JsonNode?>> _answers = new();
    private readonly ConcurrentDictionary<string, byte> _expected = new();
    private readonly List<(string Method, JsonNode? Parameters)> _received = [];
    private readonly List<TaskCompletionSource> _arrivals = [];
    private readonly List<string> _unexpected = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _reading;
    private readonly string _data;
    private readonly bool _isGuest;
    private readonly BufferedStream _output;
    private int _lastId;

    private TestClient(TestServer server, string folder, string data, bool isGuest)
    {
        (_server, Folder, _data, _isGuest, _output) = (server, folder, data, isGuest, new BufferedStream(server.Output));
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The workspace's folder: new and empty at the start.</summary>
    public string Folder { get; }

    /// <summary>The folder of the server's own data.</summary>
    public string Data => _data;

    /// <summary>The server.</summary>
    public TestServer Server => _server;

    /// <summary>The folder's URI.</summary>
    public string FolderUri => "file://" + Folder;

    /// <summary>What the server answered to <c>initialize</c>.</summary>
    public JsonNode Initialized { get; private set; } = null!;

    /// <summary>Answers to requests without an id that could be told: those for messages that are none.</summary>
    public ConcurrentQueue<JsonObject> Refusals { get; } = [];

    /// <summary>Starts a server without a word to it.</summary>
    /// <param name="worker">Makes images, or null.</param>
    /// <param name="host">Whose workspace it works in; one of its own where null.</param>
    public static TestClient Connect(Jobs.Workers.GenerationWorker? worker = null, TestClient? host = null)
    {
        var folder = host?.Folder ?? Directory.CreateTempSubdirectory("kohaku-lsp-").FullName;
        var data = Directory.CreateTempSubdirectory("kohaku-data-").FullName;
        return new TestClient(TestServer.Start(data, worker), folder, data, host is not null);
    }

    /// <summary>Starts a server with a workspace.</summary>
    /// <param name="capabilities">The client's; a client that pulls diagnostics where null.</param>
    /// <param name="options"><c>initializationOptions</c>.</param>
    /// <param name="prepare">Told before the server starts to work; may write files into the folder.</param>
    /// <param name="worker">Makes images, or null.</param>
    /// <param name="host">Whose workspace it works in; one of its own where null.</param>
    /// <param name="folders">The workspace's folders by URI; the one where null.</param>
    public static async Task<TestClient> StartAsync(
        JsonObject? capabilities = null,
        JsonObject? options = null,
        Action<TestClient>? prepare = null,
        Jobs.Workers.GenerationWorker? worker = null,
        TestClient? host = null,
        IReadOnlyCollection<string>? folders = null)
    {
        var client = Connect(worker, host);
        if (options?["client"] is not null) client.Expect("kohaku/serverStatusChanged");
        prepare?.Invoke(client);
        client.Initialized = await client.RequestAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["capabilities"] = capabilities ?? Pulling(),
            ["initializationOptions"] = options,
            ["workspaceFolders"] = new JsonArray([.. (folders ?? [client.FolderUri]).Select(uri => new JsonObject { ["uri"] = uri, ["name"] = "test" })]),
        }) ?? throw new InvalidOperationException("initialize answered null");
        await client.NotifyAsync("initialized", new JsonObject());
        return client;
    }

    /// <summary>The capabilities of a client that asks for diagnostics.</summary>
    public static JsonObject Pulling() => JsonNode.Parse(
        """
        {"textDocument":{"diagnostic":{},"completion":{"completionItem":{"labelDetailsSupport":true},"completionList":{"itemDefaults":["editRange"]}},
         "codeAction":{"codeActionLiteralSupport":{},"dataSupport":true,"resolveSupport":{"properties":["edit"]}},"hover":{"contentFormat":["markdown"]},
         "documentSymbol":{"hierarchicalDocumentSymbolSupport":true}},
         "workspace":{"applyEdit":true,"workspaceEdit":{"documentChanges":true}}}
        """)!.AsObject();

    /// <summary>The URI of a file in the folder.</summary>
    public string Uri(string name) => FolderUri + "/" + name;

    /// <summary>Writes a file of the folder.</summary>
    public void Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Assert.Null(Files.AtomicFile.Write(path, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Says how a request of the server's is answered, and that it may come.</summary>
    public void Answer(string method, Func<JsonNode?, JsonNode?> answer) => _answers[method] = answer;

    /// <summary>Says that a notification of the server's may come.</summary>
    public void Expect(string method) => _expected[method] = 0;

    /// <summary>Opens a document.</summary>
    /// <returns>Its URI.</returns>
    public async Task<string> OpenAsync(string name, string text, int version = 1)
    {
        await NotifyAsync("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri(name), ["languageId"] = "kohaku-prompt", ["version"] = version, ["text"] = text },
        });
        return Uri(name);
    }

    /// <summary>Opens a document with the cursor at <c>‸</c>.</summary>
    /// <returns>The parameters of a request about that place.</returns>
    public async Task<JsonObject> OpenAtCursorAsync(string name, string marked)
    {
        var at = marked.IndexOf('‸', StringComparison.Ordinal);
        var before = marked[..at];
        var uri = await OpenAsync(name, before + marked[(at + 1)..]);
        var line = before.Count(c => c == '\n');
        return At(uri, line, at - (before.LastIndexOf('\n') + 1));
    }

    /// <summary>The parameters of a request about a place.</summary>
    public static JsonObject At(string uri, int line, int character) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri },
        ["position"] = new JsonObject { ["line"] = line, ["character"] = character },
    };

    /// <summary>Changes a stretch of a document.</summary>
    public Task ChangeAsync(string uri, int version, (int Line, int Character) start, (int Line, int Character) end, string text) => NotifyAsync("textDocument/didChange", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
        ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = Range(start, end), ["text"] = text }),
    });

    /// <summary>A range as the protocol writes it.</summary>
    public static JsonObject Range((int Line, int Character) start, (int Line, int Character) end) => new()
    {
        ["start"] = new JsonObject { ["line"] = start.Line, ["character"] = start.Character },
        ["end"] = new JsonObject { ["line"] = end.Line, ["character"] = end.Character },
    };

    /// <summary>The diagnostics of an open document.</summary>
    public async Task<JsonArray> DiagnosticsAsync(string uri) =>
        (await RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }))!["items"]!.AsArray();

    /// <summary>Asks, and gives the result.</summary>
    /// <exception cref="ServerException">The server answered with an error.</exception>
    public async Task<JsonNode?> RequestAsync(string method, JsonNode? parameters)
    {
        var answer = await AskAsync(method, parameters);
        if (answer["error"] is { } error) throw new ServerException(error["code"]!.GetValue<int>(), error["message"]!.GetValue<string>());
        return answer["result"];
    }

    /// <summary>Asks, and gives the whole answer.</summary>
    public Task<JsonObject> AskAsync(string method, JsonNode? parameters) => BeginAsync(method, parameters, out _);

    /// <summary>Asks without waiting.</summary>
    public Task<JsonObject> BeginAsync(string method, JsonNode? parameters, out int id)
    {
        id = Interlocked.Increment(ref _lastId);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id.ToString(System.Globalization.CultureInfo.InvariantCulture)] = answer;
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method };
        if (parameters is not null) message["params"] = parameters.DeepClone();
        return SendAndWaitAsync(message, answer.Task);
    }

    /// <summary>Tells the server something.</summary>
    public Task NotifyAsync(string method, JsonNode? parameters)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method };
        if (parameters is not null) message["params"] = parameters.DeepClone();
        return SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()));
    }

    /// <summary>Sends bytes that hold a request with an id, and gives the answer.</summary>
    public async Task<JsonObject> AskRawAsync(string id, byte[] bytes)
    {
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        await SendRawAsync(bytes);
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Sends bytes as one message.</summary>
    public Task SendAsync(byte[] body) => SendRawAsync([.. Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"), .. body]);

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendRawAsync(byte[] bytes)
    {
        await _writing.WaitAsync();
        try
        {
            await _server.Input.WriteAsync(bytes);
            await _server.Input.FlushAsync();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The first notification of a method that passes a test, from the start on; waits for it.</summary>
    public async Task<JsonNode?> ReceivedAsync(string method, Func<JsonNode?, bool>? test = null)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_received)
            {
                foreach (var (name, parameters) in _received)
                    if (name == method && (test is null || test(parameters))) return parameters;
                _arrivals.Add(arrival);
            }

            var left = end - DateTime.UtcNow;
            if (left <= TimeSpan.Zero || await Task.WhenAny(arrival.Task, Task.Delay(left)) != arrival.Task)
                throw new TimeoutException($"{method} did not come. The server's log:\n{_server.LogText}");
        }
    }

    /// <summary>Forgets the notifications so far: a long run has many.</summary>
    public void Forget()
    {
        lock (_received) _received.Clear();
    }

    /// <summary>The notifications of a method so far, in order.</summary>
    public IReadOnlyList<JsonNode?> AllReceived(string method)
    {
        lock (_received) return [.. _received.Where(message => message.Method == method).Select(message => message.Parameters)];
    }

    /// <summary>Says goodbye, and checks the exit code and that nothing came which no test asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_server.Ended.IsCompleted)
        {
            await AskAsync("shutdown", null);
            await NotifyAsync("exit", null);
            Assert.Equal(0, await _server.Ended.WaitAsync(Patience));
        }

        await _server.DisposeAsync();
        await _reading.WaitAsync(Patience);
        await _output.DisposeAsync();
        if (!_isGuest) Directory.Delete(Folder, recursive: true);
        Directory.Delete(_data, recursive: true);
        _writing.Dispose();
        lock (_unexpected) Assert.True(_unexpected.Count == 0, $"the server sent what nobody asked for:\n{string.Join('\n', _unexpected)}");
    }

    private async Task<JsonObject> SendAndWaitAsync(JsonObject message, Task<JsonObject> answer)
    {
        await SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()));
        try
        {
            return await answer.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"no answer to {message["method"]}. The server's log:\n{_server.LogText}");
        }
    }

    private async Task ReadAsync()
    {
        while (await ReadMessageAsync() is { } message)
        {
            if (message["method"]?.GetValue<string>() is { } method) await TakeAsync(method, message);
            else if (message["id"] is null) Refusals.Enqueue(message);
            else if (_waiting.TryRemove(message["id"]!.ToString(), out var waiting)) waiting.SetResult(message);
            else Note($"a second answer to {message["id"]}");
        }

        foreach (var waiting in _waiting.Values) waiting.TrySetException(new IOException($"the server ended. Its log:\n{_server.LogText}"));
    }

    private async Task TakeAsync(string method, JsonObject message)
    {
        if (message["id"] is { } id)
        {
            if (!_answers.TryGetValue(method, out var answer))
            {
                Note(message.ToJsonString());
                var error = new JsonObject { ["code"] = -32601, ["message"] = "not known" };
                await SendAsync(Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["error"] = error }.ToJsonString()));
                return;
            }

            var result = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = answer(message["params"])?.DeepClone() };
            await SendAsync(Encoding.UTF8.GetBytes(result.ToJsonString()));
            return;
        }

        if (!_expected.ContainsKey(method)) Note(message.ToJsonString());
        lock (_received)
        {
            _received.Add((method, message["params"]));
            foreach (var arrival in _arrivals) arrival.TrySetResult();
            _arrivals.Clear();
        }
    }

    private void Note(string message)
    {
        lock (_unexpected) _unexpected.Add(message);
    }

    private async Task<JsonObject?> ReadMessageAsync()
    {
        var length = -1;
        while (await ReadLineAsync() is { } line)
        {
            if (line.Length == 0) break;
            if (line.StartsWith("Content-Length: ", StringComparison.Ordinal)) length = int.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
        }

        if (length < 0) return null;
        var body = new byte[length];
        await _output.ReadExactlyAsync(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await _output.ReadAsync(one) == 1)
        {
            if (one[0] == '\n') return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }
}

/// <summary>The server answered with an error.</summary>
internal sealed class ServerException(int code, string message) : Exception(message)
{
    /// <summary>The error's code.</summary>
    public int Code => code;
}
