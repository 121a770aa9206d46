using System.Globalization;
using System.Text;
using System.Text.Json;
using Kohaku.Fuzzing.Engine;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Kohaku.Fuzzing.Targets;

/// <summary>Framing: any bytes are read to their end; each whole frame is a message or is refused with an answer, and a sound message is never lost.</summary>
internal sealed class FramingTarget : Target
{
    private static readonly string[] s_bodies =
    [
        """{"jsonrpc":"2.0","id":1,"method":"shutdown"}""", """{"jsonrpc":"2.0","id":"a","method":"x","params":null}""", """{"jsonrpc":"2.0","method":"exit","params":{}}""", """{"jsonrpc":"2.0","id":1,"result":null}""",
        """{"jsonrpc":"2.0","id":null,"error":{"code":-1,"message":"m"}}""", """{"jsonrpc":"2.0","id":1,"method":"x","params":[1]}""", """{"id":1,"method":"x"}""", """{"jsonrpc":"2.0","id":{},"method":"x"}""", """{"jsonrpc":"1.0","method":7}""",
        """{"jsonrpc":"2.0","id":1.5,"method":"x","params":{"a":"\ud83d"}}""", """{"params":{},"method":"x","id":99999999999999999999,"jsonrpc":"2.0"}""", """[{"jsonrpc":"2.0","id":1,"method":"x"}]""", "[]", "7", "null", "{", "", "{}", "é", "\uFEFF{}", """{"jsonrpc":"2.0","method":"x","method":"y"}""",
        """{"jsonrpc":"2.0","id":1,"method":"\u0061"} """, """{"jsonrpc":"2.0","id":1,"method":"x"}{}""",
    ];

    private readonly Feed _input = new();
    private readonly MemoryStream _output = new();
    private readonly TolerantMessageHandler _handler;

    /// <summary>A target with one handler: it begins anew at each end of its stream.</summary>
    public FramingTarget() => _handler = new TolerantMessageHandler(
        _input, _output, new SystemTextJsonFormatter { JsonSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options) });

    /// <summary>What is tested: reads the next message.</summary>
    public Func<TolerantMessageHandler, JsonRpcMessage?> Read { get; init; } = static handler => handler.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string Name => "framing";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Words { get; } =
        [.. s_bodies.Concat(["Content-Length: ", "content-length:", "Content-Type: x\r\n", "\r\n", "\n", "\r\n\r\n", ":", "0", "999999999999", "-1", "9223372036854775808", " "]).Select(word => Encoding.UTF8.GetBytes(word))];

    /// <inheritdoc/>
    public override byte[] Make(Dice dice)
    {
        var bytes = new List<byte>();
        for (var frames = 1 + dice.Length(6); frames > 0; frames--)
        {
            var body = Encoding.UTF8.GetBytes(s_bodies[dice.Below(s_bodies.Length)]);
            var length = dice.OneIn(20) ? dice.Pick(0, body.Length + 1, body.Length - 1, 1 << 30, -5) : body.Length;
            var end = dice.OneIn(6) ? "\n" : "\r\n";
            var name = dice.OneIn(8) ? dice.Pick("content-length", "CONTENT-LENGTH", "xContent-Length", " Content-Length ") : "Content-Length";
            var header = string.Create(CultureInfo.InvariantCulture, $"{name}:{dice.Pick(" ", "", "  ")}{length}{end}");
            if (dice.OneIn(8)) header = dice.OneIn(2) ? $"Content-Type: application/vscode-jsonrpc; charset=utf-8{end}{header}" : $"{header}nonsense{end}";
            bytes.AddRange([.. Encoding.ASCII.GetBytes(header + end), .. body]);
            if (dice.OneIn(12)) bytes.AddRange(Encoding.ASCII.GetBytes(dice.Pick("\r\n", "garbage\n", "garbage")));
        }

        return [.. bytes];
    }

    /// <inheritdoc/>
    public override void Check(byte[] input)
    {
        _input.Take(input);
        _output.SetLength(0);
        var messages = 0;
        while (Read(_handler) is not null) messages++;

        var bodies = Bodies(input);
        var refusals = Refusals(_output.ToArray());
        Must.Equal(bodies.Count, messages + refusals.Count, "each whole frame is a message or is refused");
        var ids = bodies.ConvertAll(IdOf);
        Must.Hold(refusals.Count(id => id is null) <= ids.Count(id => id is null), "a request is refused under its id");
        Must.Hold(refusals.TrueForAll(id => id is null || ids.Remove(id)), "no request is refused that was not sent");
        var sound = bodies.Count(IsSound);
        Must.Hold(messages >= sound, "a sound message is never lost", () => $"{messages} of {sound}");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _handler.DisposeAsync().GetAwaiter().GetResult();
        _input.Dispose();
        _output.Dispose();
        base.Dispose();
    }

    /// <summary>The ids of refusals.</summary>
    private static List<string?> Refusals(byte[] output)
    {
        var ids = new List<string?>();
        foreach (var body in Bodies(output))
        {
            using var refusal = JsonDocument.Parse(body);
            Must.Hold(refusal.RootElement.GetProperty("error").GetProperty("code").GetInt32() is -32700 or -32600, "a refusal says that the message could not be read");
            ids.Add(IdOf(refusal.RootElement));
        }

        return ids;
    }

    /// <summary>The id under which a frame can be answered to: that of a request, or of what is neither a request nor an answer.</summary>
    private static string? IdOf(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var isAnswer = root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("method", out _) && (root.TryGetProperty("result", out _) || root.TryGetProperty("error", out _));
            return root.ValueKind != JsonValueKind.Object || isAnswer ? null : IdOf(root);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? IdOf(JsonElement message)
    {
        if (!message.TryGetProperty("id", out var id)) return null;
        if (id.ValueKind == JsonValueKind.String) return $"\"{id.GetString()}\"";
        return id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }

    // The rules once more, in the plainest way: lines up to an empty one behind a length; then so many bytes.
    private static List<byte[]> Bodies(byte[] bytes)
    {
        var bodies = new List<byte[]>();
        long? length = null;
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var line = Encoding.Latin1.GetString(bytes, at, (end < 0 ? bytes.Length : end) - at).TrimEnd('\r');
            at = end < 0 ? bytes.Length : end + 1;
            if (line.Length > 0)
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && line[..colon].Trim().EndsWith("Content-Length", StringComparison.OrdinalIgnoreCase)
                    && long.TryParse(line.AsSpan(colon + 1).Trim(), CultureInfo.InvariantCulture, out var value) && value >= 0)
                    length = value;
                continue;
            }

            if (end < 0 || length is not { } count) continue;
            if (at + count > bytes.Length) break;
            bodies.Add(bytes[at..(int)(at + count)]);
            at += (int)count;
            length = null;
        }

        return bodies;
    }

    private static bool IsSound(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("jsonrpc", out var version) && version.ValueKind == JsonValueKind.String && version.GetString() == "2.0"
                && root.TryGetProperty("method", out var method) && method.ValueKind == JsonValueKind.String && !string.IsNullOrEmpty(method.GetString())
                && (!root.TryGetProperty("id", out var id) || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _)) || (id.ValueKind == JsonValueKind.String && id.GetString() is not null))
                && (!root.TryGetProperty("params", out var parameters) || parameters.ValueKind is JsonValueKind.Object or JsonValueKind.Null)
                && root.EnumerateObject().All(member => member.Name is "jsonrpc" or "method" or "id" or "params");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A stream that is given its bytes anew.</summary>
    private sealed class Feed : Stream
    {
        private byte[] _bytes = [];
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Take(byte[] bytes) => (_bytes, _at) = (bytes, 0);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            // A few at a time, as pipes do.
            var taken = Math.Min(Math.Min(buffer.Length, _bytes.Length - _at), 1 + (_at % 61));
            _bytes.AsSpan(_at, taken).CopyTo(buffer);
            _at += taken;
            return taken;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
