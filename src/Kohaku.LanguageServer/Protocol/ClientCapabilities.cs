namespace Kohaku.LanguageServer.Protocol;

/// <summary>What the client can do: the part that the server asks for.</summary>
internal sealed record ClientCapabilities
{
    public GeneralClientCapabilities? General { get; init; }

    public TextDocumentClientCapabilities? TextDocument { get; init; }

    public WorkspaceClientCapabilities? Workspace { get; init; }

    public WindowClientCapabilities? Window { get; init; }
}

internal sealed record GeneralClientCapabilities
{
    public string[]? PositionEncodings { get; init; }
}

internal sealed record WindowClientCapabilities
{
    public bool? WorkDoneProgress { get; init; }
}

/// <summary>A capability with nothing but the choice to register it later.</summary>
internal sealed record DynamicCapability
{
    public bool? DynamicRegistration { get; init; }
}

/// <summary>A capability to ask for things anew.</summary>
internal sealed record RefreshCapability
{
    public bool? RefreshSupport { get; init; }
}

internal sealed record WorkspaceClientCapabilities
{
    public bool? ApplyEdit { get; init; }

    public WorkspaceEditClientCapabilities? WorkspaceEdit { get; init; }

    public bool? Configuration { get; init; }

    public bool? WorkspaceFolders { get; init; }

    public DynamicCapability? DidChangeConfiguration { get; init; }

    public DidChangeWatchedFilesCapability? DidChangeWatchedFiles { get; init; }

    public RefreshCapability? Diagnostics { get; init; }

    public RefreshCapability? SemanticTokens { get; init; }

    public RefreshCapability? InlayHint { get; init; }

    public RefreshCapability? CodeLens { get; init; }
}

internal sealed record WorkspaceEditClientCapabilities
{
    public bool? DocumentChanges { get; init; }

    public string[]? ResourceOperations { get; init; }
}

internal sealed record DidChangeWatchedFilesCapability
{
    public bool? DynamicRegistration { get; init; }

    public bool? RelativePatternSupport { get; init; }
}

internal sealed record TextDocumentClientCapabilities
{
    public DynamicCapability? Diagnostic { get; init; }

    public PublishDiagnosticsCapability? PublishDiagnostics { get; init; }

    public CompletionClientCapabilities? Completion { get; init; }

    public CodeActionClientCapabilities? CodeAction { get; init; }

    public HoverClientCapabilities? Hover { get; init; }

    public FoldingRangeClientCapabilities? FoldingRange { get; init; }

    public DocumentSymbolClientCapabilities? DocumentSymbol { get; init; }

    public RenameClientCapabilities? Rename { get; init; }
}

internal sealed record PublishDiagnosticsCapability
{
    public bool? RelatedInformation { get; init; }

    public bool? CodeDescriptionSupport { get; init; }

    public bool? DataSupport { get; init; }
}

internal sealed record CompletionClientCapabilities
{
    public CompletionItemClientCapabilities? CompletionItem { get; init; }

    public CompletionListClientCapabilities? CompletionList { get; init; }
}

internal sealed record CompletionItemClientCapabilities
{
    public bool? SnippetSupport { get; init; }

    public bool? LabelDetailsSupport { get; init; }

    public bool? InsertReplaceSupport { get; init; }

    public string[]? DocumentationFormat { get; init; }
}

internal sealed record CompletionListClientCapabilities
{
    public string[]? ItemDefaults { get; init; }
}

internal sealed record CodeActionClientCapabilities
{
    public CodeActionLiteralSupport? CodeActionLiteralSupport { get; init; }

    public bool? IsPreferredSupport { get; init; }

    public bool? DataSupport { get; init; }

    public ResolveSupport? ResolveSupport { get; init; }
}

internal sealed record CodeActionLiteralSupport;

internal sealed record ResolveSupport
{
    public string[]? Properties { get; init; }
}

internal sealed record HoverClientCapabilities
{
    public string[]? ContentFormat { get; init; }
}

internal sealed record FoldingRangeClientCapabilities
{
    public bool? LineFoldingOnly { get; init; }
}

internal sealed record DocumentSymbolClientCapabilities
{
    public bool? HierarchicalDocumentSymbolSupport { get; init; }
}

internal sealed record RenameClientCapabilities
{
    public bool? PrepareSupport { get; init; }
}
