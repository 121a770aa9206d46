using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>initialized</c>.</summary>
internal sealed class InitializedHandler : IOrderedHandler<EmptyParams>
{
    /// <inheritdoc/>
    public object? Handle(EmptyParams message) => null;
}
