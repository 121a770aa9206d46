using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary>What the server offers.</summary>
internal static class Offer
{
    /// <summary>The capabilities, as far as the client's decide them.</summary>
    public static ServerCapabilities Of(ClientFacts client) => new()
    {
        PositionEncoding = client.Encoding == PositionEncoding.Utf8 ? "utf-8" : "utf-16",
        TextDocumentSync = new TextDocumentSyncOptions(OpenClose: true, Change: 2, new SaveOptions(IncludeText: false)),
        DiagnosticProvider = new DiagnosticOptions("kohaku", InterFileDependencies: false, WorkspaceDiagnostics: true),
        CompletionProvider = new CompletionOptions(Completing.CompletionRoutes.Triggers, ResolveProvider: true, new CompletionItemOptions(LabelDetailsSupport: true)),
        HoverProvider = true,
        SemanticTokensProvider = new SemanticTokensOptions(Colouring.Legend.Offered, new SemanticTokensFull(Delta: true), Range: true),
        InlayHintProvider = true,
        CodeLensProvider = new ResolveOptions(ResolveProvider: false),
        DocumentSymbolProvider = true,
        WorkspaceSymbolProvider = true,
        FoldingRangeProvider = true,
        SelectionRangeProvider = true,
        DocumentLinkProvider = new ResolveOptions(ResolveProvider: true),
        CodeActionProvider = new CodeActionOptions(client.Capabilities.TextDocument?.CodeAction?.CodeActionLiteralSupport is null ? null : ActionKinds.All, ResolveProvider: true),
        ExecuteCommandProvider = new ExecuteCommandOptions(ServerCommands.All),
        DocumentFormattingProvider = true,
        DocumentRangeFormattingProvider = new DocumentRangeFormattingOptions(RangesSupport: true),
        DocumentOnTypeFormattingProvider = new DocumentOnTypeFormattingOptions(",", [" "]),
        RenameProvider = new RenameOptions(PrepareProvider: client.Capabilities.TextDocument?.Rename?.PrepareSupport == true),
        ReferencesProvider = true,
        DocumentHighlightProvider = true,
        LinkedEditingRangeProvider = true,
        Workspace = new WorkspaceServerCapabilities(new WorkspaceFoldersServerCapabilities(Supported: true, ChangeNotifications: true)),
    };
}
