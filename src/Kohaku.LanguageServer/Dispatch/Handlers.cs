using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Dispatch;

/// <summary>Answers a request on another thread, from the snapshot of when it came.</summary>
/// <typeparam name="TParams">What the method takes.</typeparam>
/// <typeparam name="TResult">What it gives; null is an answer too.</typeparam>
internal interface IBackgroundHandler<in TParams, out TResult>
{
    /// <summary>Answers.</summary>
    /// <exception cref="OperationCanceledException">The client no longer wants the answer.</exception>
    public TResult? Handle(Snapshot snapshot, TParams request, CancellationToken cancel);
}

/// <summary>Answers a request that may last, on the thread of its method, from the snapshot of when it came.</summary>
/// <typeparam name="TParams">What the method takes.</typeparam>
/// <typeparam name="TResult">What it gives; null is an answer too.</typeparam>
internal interface ILastingHandler<in TParams, out TResult>
{
    /// <summary>Answers. May wait for the client to take what it is sent meanwhile, but for nothing that needs a request to be answered.</summary>
    /// <exception cref="OperationCanceledException">The client no longer wants the answer.</exception>
    public TResult? Handle(Snapshot snapshot, TParams request, CancellationToken cancel);
}

/// <summary>Answers a request on another thread, asking the client things on the way.</summary>
/// <typeparam name="TParams">What the method takes.</typeparam>
/// <typeparam name="TResult">What it gives; null is an answer too.</typeparam>
internal interface IConversationHandler<in TParams, TResult>
{
    /// <summary>Answers.</summary>
    /// <exception cref="OperationCanceledException">The client no longer wants the answer.</exception>
    public Task<TResult?> HandleAsync(Snapshot snapshot, TParams request, CancellationToken cancel);
}

/// <summary>Takes a notification, or a request that changes the state, in the order of the messages: nothing that comes later is looked at before it returns.</summary>
/// <typeparam name="TParams">What the method takes.</typeparam>
internal interface IOrderedHandler<in TParams>
{
    /// <summary>Takes it.</summary>
    /// <returns>The answer to a request; nothing is done with it for a notification.</returns>
    public object? Handle(TParams message);
}
