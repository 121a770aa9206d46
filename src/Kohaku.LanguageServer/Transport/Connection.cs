using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kohaku.LanguageServer.Protocol;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Kohaku.LanguageServer.Transport;

/// <summary>The connection with a client.</summary>
internal sealed class Connection : JsonRpc
{
    private readonly Action<string> _log;

    /// <summary>A connection on two streams; nothing is read before it listens.</summary>
    /// <param name="input">What the client sends.</param>
    /// <param name="output">What the client gets.</param>
    /// <param name="resolver">How records are written and read.</param>
    /// <param name="log">Told of failures of the server's own, with their stack traces: the client gets neither stacks nor paths.</param>
    public Connection(Stream input, Stream output, IJsonTypeInfoResolver resolver, Action<string> log)
        : base(new TolerantMessageHandler(input, output, Formatter(resolver))) =>
        _log = log;

    /// <inheritdoc/>
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception)
    {
        if (exception is LocalRpcException told) return new JsonRpcError.ErrorDetail { Code = (JsonRpcErrorCode)told.ErrorCode, Message = told.Message, Data = told.ErrorData };

        _log($"{request.Method} failed: {exception}");
        return new JsonRpcError.ErrorDetail { Code = JsonRpcErrorCode.InternalError, Message = $"{request.Method} failed inside the server ({exception.GetType().Name}); its log says where" };
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The formatter serializes by the resolver that is set here, which was generated when the program was built.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "As above: no serializer is made at run time.")]
    private static SystemTextJsonFormatter Formatter(IJsonTypeInfoResolver resolver) => new()
    {
        JsonSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options) { TypeInfoResolver = resolver },
    };
}
