using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using StreamJsonRpc;

namespace Kohaku.LanguageServer.Dispatch;

/// <summary>What StreamJsonRpc calls for one method: all have the same shape, so that natively compiled code needs no reflection over parameter types.</summary>
internal sealed class Endpoint(Route route, ServerState state)
{
    private static readonly MethodInfo s_method = typeof(Endpoint).GetMethod(nameof(InvokeAsync))!;

    /// <summary>Registers a route with a connection.</summary>
    public static void Add(Connection connection, Route route, ServerState state) => connection.AddLocalRpcMethod(
        s_method, new Endpoint(route, state), new JsonRpcMethodAttribute(route.Method) { UseSingleObjectParameterDeserialization = true });

    /// <summary>Handles a message. Called in the order of the messages, and ordered up to its first await: state is read and changed before that.</summary>
    [DynamicDependency(nameof(InvokeAsync), typeof(Endpoint))]
    public Task<object?> InvokeAsync(JsonElement parameters, CancellationToken cancellation)
    {
        if (state.Phase == ServerPhase.Started && !route.BeforeInitialize)
            throw Failure.Of(Failure.NotInitialized, $"{route.Method} came before initialize");
        if (state.Phase == ServerPhase.ShutDown && !route.AfterShutdown)
            throw Failure.Of(Failure.InvalidRequest, $"{route.Method} came after shutdown");
        try
        {
            return route.Start(state, parameters, cancellation);
        }
        catch (LocalRpcException) when (route.OnMalformed is not null)
        {
            route.OnMalformed(parameters);
            throw;
        }
    }
}
