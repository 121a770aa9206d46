using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Kohaku.Fuzzing.Engine;
using Kohaku.LanguageServer;
using Kohaku.Workspace;

namespace Kohaku.Fuzzing.Targets;

/// <summary>One server inside this process, from its start to its end.</summary>
internal sealed class ServerSession
{
    private const int SessionsBetweenCollections = 200;

    private static int s_sessions;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly string s_data = Directory.CreateTempSubdirectory("kohaku-fuzzing-data-").FullName;

    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _fromServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly List<(int, string)> _errors = [];
    private readonly StringBuilder _log = new();
    private readonly Lock _gate = new();
    private Task<int> _ended = Task.FromResult(0);
    private Task _reading = Task.CompletedTask;
    private long _asked;
    private string _wanted = "";
    private JsonElement _answer;
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerSession()
    {
    }

    /// <summary>What a server answered.</summary>
    /// <param name="Counts">How many answers each id had.</param>
    /// <param name="Errors">The errors among them.</param>
    /// <param name="ExitCode">How it ended.</param>
    /// <param name="Log">What it wrote into its log.</param>
    internal sealed record Answers(IReadOnlyDictionary<string, long> Counts, IReadOnlyList<(int Code, string Message)> Errors, int ExitCode, string Log);

    /// <summary>Sends messages, waits for the answers that are owed, and says goodbye.</summary>
    public static Answers Run(IReadOnlyList<byte[]> messages, IReadOnlyList<(string Id, long Count)> expected)
    {
        // A server ends with its process and leaves its mapped index to the collector, which does not know what a mapping weighs.
        if (++s_sessions % SessionsBetweenCollections == 0)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return new ServerSession().RunAsync(messages, expected).GetAwaiter().GetResult();
    }

    /// <summary>A server that has begun, and goes on until it is told to end.</summary>
    public static ServerSession Begin()
    {
        var session = new ServerSession();
        session.Start();
        session.Ask("initialize", """{"processId":null,"capabilities":{"textDocument":{"diagnostic":{}}},"workspaceFolders":null}""");
        return session;
    }

    /// <summary>Tells the server something.</summary>
    public void Tell(string method, string parameters) => SendAsync(Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{parameters}}}")).GetAwaiter().GetResult();

    /// <summary>Asks the server something, and waits for its answer: the whole message.</summary>
    public JsonElement Ask(string method, string parameters)
    {
        var id = (++_asked).ToString(CultureInfo.InvariantCulture);
        _wanted = id;
        SendAsync(Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{parameters}}}")).GetAwaiter().GetResult();
        WaitAsync([(id, 1)]).GetAwaiter().GetResult();
        lock (_gate)
        {
            Must.Hold(_counts.Remove(id), "each request has one answer");
            return _answer;
        }
    }

    /// <summary>Says goodbye.</summary>
    public int End() => EndAsync().GetAwaiter().GetResult();

    private void Start()
    {
        var surroundings = new Surroundings(name => name == "KOHAKU_DATA" ? s_data : null, s_data, _ => { });
        var server = new Server(surroundings, "0.0.0-fuzzing", Log);
        _ended = Task.Run(async () =>
        {
            var code = await server.RunAsync(_toServer.Reader.AsStream(), _fromServer.Writer.AsStream()).ConfigureAwait(false);
            await _fromServer.Writer.CompleteAsync().ConfigureAwait(false);
            return code;
        });
        _reading = Task.Run(ReadAsync);
    }

    private async Task<Answers> RunAsync(IReadOnlyList<byte[]> messages, IReadOnlyList<(string Id, long Count)> expected)
    {
        Start();
        foreach (var message in messages) await SendAsync(message).ConfigureAwait(false);
        await WaitAsync(expected).ConfigureAwait(false);
        var exit = await EndAsync().ConfigureAwait(false);
        return new Answers(_counts, _errors, exit, _log.ToString());
    }

    private async Task<int> EndAsync()
    {
        // A server that nobody began refuses `shutdown`, and its `exit` is no good end: so it is begun, where it is not.
        await SendAsync("""{"jsonrpc":"2.0","id":"the end: begin","method":"initialize","params":{"processId":null,"capabilities":{}}}"""u8.ToArray()).ConfigureAwait(false);
        await SendAsync("""{"jsonrpc":"2.0","id":"the end","method":"shutdown"}"""u8.ToArray()).ConfigureAwait(false);
        await WaitAsync([("the end: begin", 1), ("the end", 1)]).ConfigureAwait(false);
        await SendAsync("""{"jsonrpc":"2.0","method":"exit"}"""u8.ToArray()).ConfigureAwait(false);
        var exit = await Task.WhenAny(_ended, Task.Delay(s_patience)).ConfigureAwait(false) == _ended ? await _ended.ConfigureAwait(false) : -1;
        await _toServer.Writer.CompleteAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _counts.Remove("the end: begin");
        _counts.Remove("the end");
        return exit;
    }

    private async Task WaitAsync(IReadOnlyList<(string Id, long Count)> expected)
    {
        var end = DateTime.UtcNow + s_patience;
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (expected.All(owed => _counts.GetValueOrDefault(owed.Id) >= owed.Count)) return;
                if (_arrival.Task.IsCompleted) _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                arrival = _arrival.Task;
            }

            var left = end - DateTime.UtcNow;
            if (left <= TimeSpan.Zero || await Task.WhenAny(arrival, Task.Delay(left)).ConfigureAwait(false) != arrival) return;
        }
    }

    private async Task SendAsync(byte[] body)
    {
        var header = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
        await _toServer.Writer.WriteAsync((byte[])[.. header, .. body]).ConfigureAwait(false);
    }

    private async Task ReadAsync()
    {
        var output = _fromServer.Reader.AsStream();
        while (await ReadFrameAsync(output).ConfigureAwait(false) is { } body)
        {
            using var message = JsonDocument.Parse(body);
            var root = message.RootElement;
            if (root.TryGetProperty("method", out _))
            {
                // A client that knows nothing: what the server asks is refused.
                if (root.TryGetProperty("id", out var asked))
                    await SendAsync(Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":{asked.GetRawText()},\"error\":{{\"code\":-32601,\"message\":\"not known\"}}}}")).ConfigureAwait(false);
                continue;
            }

            var id = root.GetProperty("id");
            lock (_gate)
            {
                if (root.TryGetProperty("error", out var error)) _errors.Add((error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString() ?? ""));
                var name = id.ValueKind == JsonValueKind.String ? id.GetString()! : id.GetRawText();
                _counts[name] = _counts.GetValueOrDefault(name) + 1;
                if (name == _wanted) _answer = root.Clone();
                _arrival.TrySetResult();
            }
        }
    }

    private static async Task<byte[]?> ReadFrameAsync(Stream stream)
    {
        const string Header = "Content-Length: ";
        var line = new StringBuilder();
        var one = new byte[1];
        var length = -1;
        while (await stream.ReadAsync(one).ConfigureAwait(false) == 1)
        {
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }

            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.StartsWith(Header, StringComparison.Ordinal)) length = int.Parse(text.AsSpan(Header.Length), CultureInfo.InvariantCulture);
            if (text.Length > 0) continue;

            Must.Hold(length >= 0, "what the server sends has a length");
            var body = new byte[length];
            await stream.ReadExactlyAsync(body).ConfigureAwait(false);
            return body;
        }

        return null;
    }

    private void Log(string line)
    {
        lock (_gate) _log.AppendLine(line);
    }
}
