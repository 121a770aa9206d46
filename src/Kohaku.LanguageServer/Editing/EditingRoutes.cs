using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Handlers;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Editing;

/// <summary>The methods that edit, and those that find what can be edited together.</summary>
internal static class EditingRoutes
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Route> All(Client client)
    {
        var json = EditingJson.Default;
        yield return Route.Background("textDocument/codeAction", json.CodeActionParams, new CodeActionHandler());
        yield return Route.Background("codeAction/resolve", json.UnresolvedCodeAction, new ResolveCodeActionHandler());
        yield return Route.Conversation("workspace/executeCommand", json.ExecuteCommandParams, new ExecuteCommandHandler(client));
        yield return Route.Background("kohaku/edit", json.EditParams, new EditHandler());
        yield return Route.Background("textDocument/formatting", json.TextDocumentParams, new FormattingHandler());
        yield return Route.Background("textDocument/rangeFormatting", json.TextDocumentRangeParams, new RangeFormattingHandler());
        yield return Route.Background("textDocument/rangesFormatting", json.TextDocumentRangesParams, new RangesFormattingHandler());
        yield return Route.Background("textDocument/onTypeFormatting", json.OnTypeFormattingParams, new OnTypeFormattingHandler());
        yield return Route.Background("textDocument/prepareRename", json.TextDocumentPositionParams, new PrepareRenameHandler());
        yield return Route.Lasting("textDocument/rename", json.RenameParams, new RenameHandler(client));
        yield return Route.Lasting("textDocument/references", json.ReferenceParams, new ReferencesHandler(client));
        yield return Route.Background("textDocument/documentHighlight", json.TextDocumentPositionParams, new DocumentHighlightHandler());
        yield return Route.Background("textDocument/linkedEditingRange", json.TextDocumentPositionParams, new LinkedEditingRangeHandler());
    }
}
