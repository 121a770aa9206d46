using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>kohaku/clearUsage</c>: forgets which tags were used.</summary>
internal sealed class ClearUsageHandler(UsageMemory usage) : IBackgroundHandler<EmptyParams, ClearUsageResult>
{
    /// <inheritdoc/>
    public ClearUsageResult Handle(Snapshot snapshot, EmptyParams request, CancellationToken cancel)
    {
        try
        {
            usage.Clear(snapshot);
            return new ClearUsageResult(true);
        }
        catch (TagDataException error)
        {
            return new ClearUsageResult(false, error.Message);
        }
    }
}
