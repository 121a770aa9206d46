using System.Runtime.CompilerServices;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The search pools of the configurations in use: made when first asked for, gone with their configuration.</summary>
internal sealed class SearchPools
{
    private readonly ConditionalWeakTable<WorkbenchPool, Lazy<SearchPool>> _pools = [];

    /// <summary>What completion looks things up in for a file.</summary>
    public SearchPool For(Snapshot snapshot, string path)
    {
        var pool = snapshot.Setup.PoolFor(path);
        return _pools.GetValue(pool, key => new Lazy<SearchPool>(() => new SearchPool(snapshot.Setup, key))).Value;
    }
}
