using Kohaku.Analysis;
using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The edits of actions on a whole document.</summary>
internal static class WholeEdits
{
    /// <summary>The edits of an action that was offered.</summary>
    /// <exception cref="StreamJsonRpc.LocalRpcException">There is no such action or rule.</exception>
    public static Protocol.TextEdit[] Of(Snapshot snapshot, Document document, CodeActionData data, CancellationToken cancel)
    {
        if (ServerCommands.Find(data.Action) is not { } action) throw Failure.Of(Failure.InvalidParams, $"{data.Action}: no such action");

        var whole = DocumentEdits.Whole(document);
        Rule? rule = null;
        if (data.Rule is { } id) rule = RuleRegistry.Find(id) ?? throw Failure.Of(Failure.InvalidParams, $"{id}: no such rule");
        var edits = action == PromptAction.FixAll ? DocumentEdits.Fixed(snapshot, document, whole, rule, cancel) : DocumentEdits.Of(snapshot, document, action, whole, cancel);
        return WorkspaceEdits.Places(document, edits);
    }
}
