using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Completing;

/// <summary>The methods of completion and of searching tags.</summary>
internal static class CompletionRoutes
{
    /// <summary>
    /// After these a client asks anew. A blank and the characters that stand inside tags keep the list alive; <c>&lt; : = _</c> begin names.
    /// Not the comma, since nothing is meant yet; not <c>[ { |</c> and line ends, where the first letter is soon enough.
    /// </summary>
    public static string[] Triggers { get; } = [" ", "_", "(", "<", ":", "-", "'", "/", ".", "+", "="];

    /// <summary>All of them.</summary>
    /// <param name="state">The server's state, watched for what was accepted.</param>
    /// <param name="usage">The tags that were used.</param>
    public static IEnumerable<Route> All(ServerState state, UsageMemory usage)
    {
        var json = CompletionJson.Default;
        var pools = new SearchPools();
        var last = new LastAsked();
        state.Changed += new Warming(pools).Changed;
        yield return Route.Background("textDocument/completion", json.CompletionParams, new CompletionHandler(pools, usage, new AcceptanceWatch(state, usage), last));
        yield return Route.Background("completionItem/resolve", json.CompletionItem, new CompletionResolveHandler(pools, last));
        yield return Route.Background("kohaku/searchTags", json.SearchTagsParams, new SearchTagsHandler(pools));
        yield return Route.Background("kohaku/tagInfo", json.TagInfoParams, new TagInfoHandler());
        yield return Route.Background("kohaku/insertTag", json.InsertTagParams, new InsertTagHandler(pools));
        yield return Route.Background("kohaku/clearUsage", ProtocolJson.Default.EmptyParams, new ClearUsageHandler(usage));
    }
}
