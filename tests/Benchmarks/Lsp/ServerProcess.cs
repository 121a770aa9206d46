using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kohaku.Benchmarks.Lsp;

/// <summary>A native server over its standard streams. Messages are put together before the clock starts and looked into after it stopped: what is timed is the server and two pipes.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly string _data = Directory.CreateTempSubdirectory("kohaku-bench-").FullName;
    private readonly string _folder;
    private byte[] _buffer = new byte[1 << 16];
    private int _at;
    private int _end;
    private int _lastId;

    private ServerProcess(string program, string? folder)
    {
        _folder = folder ?? _data;
        var start = new ProcessStartInfo(program, ["lsp", "--stdio"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _data };
        start.Environment["KOHAKU_DATA"] = _data;
        _process = Process.Start(start)!;
        (_input, _output) = (_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
    }

    /// <summary>When the last answer or notification had come whole.</summary>
    public long Arrived { get; private set; }

    /// <summary>Bytes of the last answer or notification.</summary>
    public int Size { get; private set; }

    /// <summary>What the server said to <c>initialize</c>.</summary>
    public string Offer { get; private set; } = "";

    /// <summary>Starts a program; nothing is said to it.</summary>
    public static ServerProcess Launch(string program) => new(program, null);

    /// <summary>Starts a server and introduces a client that asks for diagnostics, or one that is sent them.</summary>
    /// <param name="program">The server.</param>
    /// <param name="pulls">Whether the client asks.</param>
    /// <param name="folder">The workspace; a new one where null.</param>
    public static ServerProcess Start(string program, bool pulls, string? folder = null)
    {
        var server = new ServerProcess(program, folder);
        server.Send(server.Initialize(pulls));
        server.Offer = Encoding.UTF8.GetString(server.Answer());
        server.Send(Notification("initialized", _ => { }));
        return server;
    }

    /// <summary>The id of the last request made.</summary>
    public int LastId => _lastId;

    /// <summary>The path of a file in the workspace.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Asks for the findings of the whole workspace.</summary>
    /// <param name="known">The results that the client has.</param>
    /// <param name="inPortions">Whether the findings come in portions, as editors ask for them, or all in the answer.</param>
    public byte[] WorkspaceDiagnostic(IEnumerable<(string Uri, string Id)> known, bool inPortions = false) => Request("workspace/diagnostic", json =>
    {
        if (inPortions) json.WriteString("partialResultToken", "portions");
        json.WriteStartArray("previousResultIds");
        foreach (var (uri, id) in known)
        {
            json.WriteStartObject();
            json.WriteString("uri", uri);
            json.WriteString("value", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The first request.</summary>
    public byte[] Initialize(bool pulls) => Request("initialize", json =>
    {
        json.WriteNumber("processId", Environment.ProcessId);
        json.WritePropertyName("capabilities");
        json.WriteRawValue(pulls
            ? """{"textDocument":{"diagnostic":{},"completion":{"completionItem":{"labelDetailsSupport":true},"completionList":{"itemDefaults":["editRange"]}}}}"""
            : """{"textDocument":{"publishDiagnostics":{}}}""");
        json.WritePropertyName("workspaceFolders");
        json.WriteRawValue($$"""[{"uri":"file://{{_folder}}","name":"bench"}]""");
    });

    /// <summary>The URI of a file in the workspace.</summary>
    public string Uri(string name) => $"file://{_folder}/{name}";

    /// <summary>A request with the next id.</summary>
    public byte[] Request(string method, Action<Utf8JsonWriter> parameters) => Message(++_lastId, method, parameters);

    /// <summary>A notification.</summary>
    public static byte[] Notification(string method, Action<Utf8JsonWriter> parameters) => Message(null, method, parameters);

    /// <summary>Opens a document.</summary>
    public void Open(string uri, string text) => Send(Notification("textDocument/didOpen", json =>
    {
        json.WriteStartObject("textDocument");
        json.WriteString("uri", uri);
        json.WriteString("languageId", "kohaku-prompt");
        json.WriteNumber("version", 1);
        json.WriteString("text", text);
        json.WriteEndObject();
    }));

    /// <summary>Asks for the findings of a document.</summary>
    public byte[] Diagnostic(string uri) => Request("textDocument/diagnostic", json => Document(json, uri));

    /// <summary>A parameter that names a document.</summary>
    public static void Document(Utf8JsonWriter json, string uri)
    {
        json.WriteStartObject("textDocument");
        json.WriteString("uri", uri);
        json.WriteEndObject();
    }

    /// <summary>A place, as a property.</summary>
    public static void Place(Utf8JsonWriter json, string name, (int Line, int Character) place)
    {
        json.WriteStartObject(name);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("character", place.Character);
        json.WriteEndObject();
    }

    /// <summary>Writes messages in one go.</summary>
    /// <returns>When that began.</returns>
    public long Send(params ReadOnlySpan<byte[]> messages)
    {
        var bytes = messages.Length == 1 ? messages[0] : Joined(messages);
        var start = Stopwatch.GetTimestamp();
        _input.Write(bytes);
        _input.Flush();
        return start;
    }

    /// <summary>The next answer to a request; its error ends the measurement.</summary>
    /// <param name="told">Told of each notification before it.</param>
    public ReadOnlySpan<byte> Answer(Action<byte[]>? told = null)
    {
        while (true)
        {
            var body = Read();
            var reader = new Utf8JsonReader(body);
            reader.Read();
            var (isAnswer, failed) = (false, false);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                isAnswer |= reader.ValueTextEquals("id"u8);
                failed |= reader.ValueTextEquals("error"u8);
                if (reader.ValueTextEquals("method"u8)) isAnswer = false;
                if (reader.ValueTextEquals("result"u8)) break;
                reader.Skip();
            }

            if (failed) throw new InvalidOperationException(Encoding.UTF8.GetString(body));
            if (isAnswer) return body;
            told?.Invoke(body.ToArray());
        }
    }

    /// <summary>The answer to one request.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="other">Told of each other answer that comes before it.</param>
    public void AnswerTo(int id, Action<int>? other = null)
    {
        while (IdOf(Answer()) is var answered && answered != id) other?.Invoke(answered);
    }

    /// <summary>The next notification that holds some bytes.</summary>
    public ReadOnlySpan<byte> Told(ReadOnlySpan<byte> holding)
    {
        while (true)
        {
            var body = Read();
            if (body.IndexOf(holding) >= 0) return body;
        }
    }

    /// <summary>A figure of <c>/proc/PID/smaps_rollup</c>, in MiB.</summary>
    public double Memory(string figure)
    {
        foreach (var line in File.ReadLines($"/proc/{_process.Id}/smaps_rollup"))
        {
            if (line.StartsWith(figure + ":", StringComparison.Ordinal))
                return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }

        throw new InvalidOperationException($"the kernel does not tell {figure}");
    }

    /// <summary>Says goodbye.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Send(Request("shutdown", _ => { }));
            Answer();
            Send(Notification("exit", _ => { }));
            _process.WaitForExit();
        }

        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static byte[] Message(int? id, string method, Action<Utf8JsonWriter> parameters)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            if (id is not null) json.WriteNumber("id", id.Value);
            json.WriteString("method", method);
            json.WriteStartObject("params");
            parameters(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. Encoding.ASCII.GetBytes($"Content-Length: {body.WrittenCount}\r\n\r\n"), .. body.WrittenSpan];
    }

    private static int IdOf(ReadOnlySpan<byte> answer)
    {
        var reader = new Utf8JsonReader(answer);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId) return reader.GetInt32();
            reader.Skip();
        }

        throw new InvalidOperationException("the answer has no id");
    }

    private static byte[] Joined(ReadOnlySpan<byte[]> messages)
    {
        var all = new List<byte>();
        foreach (var message in messages) all.AddRange(message);
        return [.. all];
    }

    // Valid until the next one is read.
    private ReadOnlySpan<byte> Read()
    {
        int header;
        while ((header = _buffer.AsSpan(_at, _end - _at).IndexOf("\r\n\r\n"u8)) < 0) Fill();
        var length = 0;
        foreach (var digit in _buffer.AsSpan(_at, header)["Content-Length: ".Length..]) length = (length * 10) + digit - '0';
        _at += header + 4;
        while (_end - _at < length) Fill();
        Arrived = Stopwatch.GetTimestamp();
        Size = length;
        _at += length;
        return _buffer.AsSpan(_at - length, length);
    }

    private void Fill()
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            (_at, _end) = (0, _end - _at);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _output.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) throw new EndOfStreamException("the server ended");
        _end += read;
    }
}
