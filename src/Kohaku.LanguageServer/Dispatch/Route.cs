using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Dispatch;

/// <summary>A method of the protocol and who handles it.</summary>
/// <param name="Method">Its name: <c>textDocument/hover</c>.</param>
/// <param name="Start">
/// Begins to handle a message: reads its parameters and, for a background handler, takes the snapshot before it returns.
/// </param>
internal sealed record Route(string Method, Func<ServerState, JsonElement, CancellationToken, Task<object?>> Start)
{
    /// <summary>Whether it may come before <c>initialize</c>.</summary>
    public bool BeforeInitialize { get; init; }

    /// <summary>Told of a message whose parameters could not be read; null where nothing is lost with it.</summary>
    public Action<JsonElement>? OnMalformed { get; init; }

    /// <summary>Whether it may come after <c>shutdown</c>.</summary>
    public bool AfterShutdown { get; init; }

    /// <summary>Whether its requests are answered one at a time, on a thread of their own.</summary>
    public bool IsLasting { get; private init; }

    /// <summary>A request answered in the background.</summary>
    public static Route Background<TParams, TResult>(string method, JsonTypeInfo<TParams> type, IBackgroundHandler<TParams, TResult> handler)
        where TParams : class => new(method, (state, parameters, cancel) =>
    {
        var request = Read(method, parameters, type);
        var snapshot = state.Current;
        return Task.Run<object?>(() => handler.Handle(snapshot, request, cancel), cancel);
    });

    /// <summary>
    /// A request whose answer may last, since it looks at all files of a workspace or folder: one at a time of each method, so that a person who renames does not wait for the editor's own questions.
    /// </summary>
    public static Route Lasting<TParams, TResult>(string method, JsonTypeInfo<TParams> type, ILastingHandler<TParams, TResult> handler)
        where TParams : class
    {
        var lane = new Lane(method);
        return new(method, (state, parameters, cancel) =>
        {
            var request = Read(method, parameters, type);
            var snapshot = state.Current;
            return lane.RunAsync(() => handler.Handle(snapshot, request, cancel), cancel);
        })
        {
            IsLasting = true,
        };
    }

    /// <summary>A request whose answer takes a conversation with the client.</summary>
    public static Route Conversation<TParams, TResult>(string method, JsonTypeInfo<TParams> type, IConversationHandler<TParams, TResult> handler)
        where TParams : class => new(method, (state, parameters, cancel) =>
    {
        var request = Read(method, parameters, type);
        var snapshot = state.Current;
        return Task.Run<object?>(async () => await handler.HandleAsync(snapshot, request, cancel).ConfigureAwait(false), cancel);
    });

    /// <summary>A message handled in order.</summary>
    public static Route Ordered<TParams>(string method, JsonTypeInfo<TParams> type, IOrderedHandler<TParams> handler)
        where TParams : class => new(method, (_, parameters, _) => Task.FromResult(handler.Handle(Read(method, parameters, type))));

    private static T Read<T>(string method, JsonElement parameters, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return parameters.Deserialize(type) ?? throw Transport.Failure.Of(Transport.Failure.InvalidParams, $"{method}: the parameters are null");
        }
        catch (JsonException error)
        {
            throw Transport.Failure.Of(Transport.Failure.InvalidParams, $"{method}: {error.Message}");
        }
    }
}
