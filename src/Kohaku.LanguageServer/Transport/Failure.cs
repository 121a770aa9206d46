using Kohaku.Jobs;
using StreamJsonRpc;

namespace Kohaku.LanguageServer.Transport;

/// <summary>Errors that a client is answered with.</summary>
internal static class Failure
{
    /// <summary>JSON-RPC: the parameters are not what the method takes.</summary>
    public const int InvalidParams = -32602;

    /// <summary>JSON-RPC: not now.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>LSP: a request before <c>initialize</c>.</summary>
    public const int NotInitialized = -32002;

    /// <summary>LSP: the request was right and could not be done.</summary>
    public const int RequestFailed = -32803;

    /// <summary>LSP: the document changed since, so that an answer would be wrong.</summary>
    public const int ContentModified = -32801;

    /// <summary>The document is not open.</summary>
    public static LocalRpcException NotOpen(string uri) => Of(InvalidParams, $"{uri} is not open; send textDocument/didOpen first");

    /// <summary>The document missed a change.</summary>
    public static LocalRpcException OutOfStep(string uri) => Of(RequestFailed, $"{uri} is out of step, since a change could not be applied; close it and open it again");

    /// <summary>Images cannot be made: the fact as the message, what to do as <c>data.help</c>; options of the command line by the words of an editor.</summary>
    public static LocalRpcException Generation(string message, string? help) =>
        new(EditorWords.Of(message)) { ErrorCode = RequestFailed, ErrorData = help is null ? null : new Protocol.FailureData(EditorWords.Of(help)) };

    /// <summary>Any error.</summary>
    public static LocalRpcException Of(int code, string message) => new(message) { ErrorCode = code };
}
