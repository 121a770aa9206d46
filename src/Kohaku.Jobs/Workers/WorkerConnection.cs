using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Microsoft.VisualStudio.Threading;
using StreamJsonRpc;

namespace Kohaku.Jobs.Workers;

/// <summary>The connection between a worker and who started it, from either side. Both are this program: what is no message ends it.</summary>
public sealed class WorkerConnection : JsonRpc
{
    private static readonly MethodInfo s_method = typeof(Endpoint).GetMethod(nameof(Endpoint.InvokeAsync))!;

    /// <summary>A connection on two streams; nothing is read before it listens.</summary>
    /// <param name="input">What the other side sends.</param>
    /// <param name="output">What the other side gets.</param>
    public WorkerConnection(Stream input, Stream output)
        : base(new HeaderDelimitedMessageHandler(output, input, Formatter()))
    {
        // Calls are made one behind the other, in the order of the messages, each up to its first await.
        SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false);
        CancelLocallyInvokedMethodsWhenConnectionIsClosed = true;
    }

    /// <summary>Says who takes a method's messages. All have the same shape, so that natively compiled code needs no reflection over parameter types.</summary>
    public void Handle(string method, Func<JsonElement, CancellationToken, Task<object?>> handler) =>
        AddLocalRpcMethod(s_method, new Endpoint(handler), new JsonRpcMethodAttribute(method) { UseSingleObjectParameterDeserialization = true });

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The formatter serializes by the resolver that is set here, which was generated when the program was built.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "As above: no serializer is made at run time.")]
    private static SystemTextJsonFormatter Formatter() => new() { JsonSerializerOptions = new JsonSerializerOptions(WorkerJson.Default.Options) };

    private sealed class Endpoint(Func<JsonElement, CancellationToken, Task<object?>> handler)
    {
        [DynamicDependency(nameof(InvokeAsync), typeof(Endpoint))]
        public Task<object?> InvokeAsync(JsonElement parameters, CancellationToken cancellation) => handler(parameters, cancellation);
    }
}
