using Kohaku.LanguageServer.Colouring;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Handlers;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer;

/// <summary>The methods that show: hovers, colours, hints, outlines and states.</summary>
internal static class ReadingRoutes
{
    /// <summary>All of them.</summary>
    /// <param name="version">The program's version.</param>
    public static IEnumerable<Route> All(string version)
    {
        var basics = ProtocolJson.Default;
        var json = ReadingJson.Default;
        var results = new TokenResults();
        yield return Route.Background("textDocument/hover", basics.TextDocumentPositionParams, new HoverHandler());
        yield return Route.Background("textDocument/semanticTokens/full", basics.TextDocumentParams, new SemanticTokensFullHandler(results));
        yield return Route.Background("textDocument/semanticTokens/full/delta", json.SemanticTokensDeltaParams, new SemanticTokensDeltaHandler(results));
        yield return Route.Background("textDocument/semanticTokens/range", basics.TextDocumentRangeParams, new SemanticTokensRangeHandler());
        yield return Route.Background("textDocument/inlayHint", basics.TextDocumentRangeParams, new InlayHintHandler());
        yield return Route.Background("textDocument/codeLens", basics.TextDocumentParams, new CodeLensHandler());
        yield return Route.Background("textDocument/documentSymbol", basics.TextDocumentParams, new DocumentSymbolHandler());
        yield return Route.Lasting("workspace/symbol", json.WorkspaceSymbolParams, new WorkspaceSymbolHandler());
        yield return Route.Background("textDocument/foldingRange", basics.TextDocumentParams, new FoldingRangeHandler());
        yield return Route.Background("textDocument/selectionRange", json.SelectionRangeParams, new SelectionRangeHandler());
        yield return Route.Background("textDocument/documentLink", basics.TextDocumentParams, new DocumentLinkHandler());
        yield return Route.Background("documentLink/resolve", json.DocumentLink, new DocumentLinkResolveHandler());
        yield return Route.Background("kohaku/promptStatus", basics.TextDocumentPositionParams, new PromptStatusHandler());
        yield return Route.Background("kohaku/serverStatus", basics.EmptyParams, new ServerStatusHandler(version));
        yield return Route.Background("kohaku/explainRule", json.ExplainRuleParams, new ExplainRuleHandler());
    }
}
