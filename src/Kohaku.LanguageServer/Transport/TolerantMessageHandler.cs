using System.Buffers;
using System.Text;
using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Kohaku.LanguageServer.Transport;

/// <summary>Messages behind <c>Content-Length</c> headers, on two streams.</summary>
/// <remarks>
/// The stock handler gives the connection up for what a client should not send but some do: lines that end in LF, headers in lower case, text that is no JSON.
/// Here each such message is answered with an error, and reading goes on at the next header.
/// </remarks>
internal sealed class TolerantMessageHandler : MessageHandlerBase
{
    /// <summary>A larger message is passed over: no document is that long.</summary>
    public const int LargestMessage = 256 * 1024 * 1024;

    private const string LengthHeader = "Content-Length";

    private readonly ByteSource _source;
    private readonly Stream _output;
    private readonly ChunkedBuffer _writing = new();
    private readonly HeapBudget _heap;

    /// <summary>A handler on two streams.</summary>
    public TolerantMessageHandler(Stream input, Stream output, IJsonRpcMessageFormatter formatter)
        : base(formatter) =>
        (_source, _output, _heap) = (new ByteSource(input), output, new HeapBudget(_writing.Trim));

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    protected override async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        while (await ReadLengthAsync(cancellationToken).ConfigureAwait(false) is { } length)
        {
            if (length > LargestMessage)
            {
                if (!await _source.SkipAsync(length, cancellationToken).ConfigureAwait(false)) return null;
                await RefuseAsync(RequestId.Null, JsonRpcErrorCode.InvalidRequest, $"the message has {length} bytes; at most {LargestMessage} are read", cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (await _source.ReadAsync((int)length, cancellationToken).ConfigureAwait(false) is not { } body) return null;
            var (message, id, fault) = Parse(body);
            if (message is not null) return message;

            await RefuseAsync(id, id.IsNull ? JsonRpcErrorCode.ParseError : JsonRpcErrorCode.InvalidRequest, fault, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <inheritdoc/>
    protected override async ValueTask WriteCoreAsync(JsonRpcMessage content, CancellationToken cancellationToken)
    {
        // What a message that could not be written has left goes before the next one.
        _writing.Clear();
        Formatter.Serialize(_writing, content);
        await _writing.DrainAsync($"{LengthHeader}: {_writing.Length}\r\n\r\n", _output, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        _heap.Spend();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _heap.Dispose();
        base.Dispose(disposing);
    }

    private (JsonRpcMessage? Message, RequestId Id, string Fault) Parse(ReadOnlyMemory<byte> body)
    {
        var id = RequestId.Null;
        try
        {
            var envelope = Envelope.Of(body.Span);
            id = envelope.Id ?? RequestId.Null;
            if (envelope.Fault is { } fault) return (null, id, fault);

            return (Formatter.Deserialize(new ReadOnlySequence<byte>(envelope.Rewritten ?? body)), id, "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return (null, id, $"this is no message: {error.Message}");
        }
    }

    private ValueTask RefuseAsync(RequestId id, JsonRpcErrorCode code, string fault, CancellationToken cancellation) => WriteAsync(
        new JsonRpcError { RequestId = id, Error = new JsonRpcError.ErrorDetail { Code = code, Message = fault } },
        cancellation);

    // Lines that are no header belong to something broken before; they are passed over until a length turns up and an empty line behind it.
    private async ValueTask<long?> ReadLengthAsync(CancellationToken cancellation)
    {
        long? length = null;
        while (await _source.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                if (length is not null) return length;
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;

            var name = line.AsSpan(0, colon).Trim();
            if (name.Length >= LengthHeader.Length
                && name[^LengthHeader.Length..].Equals(LengthHeader, StringComparison.OrdinalIgnoreCase)
                && long.TryParse(line.AsSpan(colon + 1).Trim(), out var value) && value >= 0)
            {
                length = value;
            }
        }

        return null;
    }
}
