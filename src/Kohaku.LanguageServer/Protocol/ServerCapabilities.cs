using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>What the server offers.</summary>
internal sealed record ServerCapabilities
{
    public string? PositionEncoding { get; init; }

    public TextDocumentSyncOptions? TextDocumentSync { get; init; }

    public DiagnosticOptions? DiagnosticProvider { get; init; }

    public CompletionOptions? CompletionProvider { get; init; }

    public bool? HoverProvider { get; init; }

    public CodeActionOptions? CodeActionProvider { get; init; }

    public ExecuteCommandOptions? ExecuteCommandProvider { get; init; }

    public SemanticTokensOptions? SemanticTokensProvider { get; init; }

    public bool? InlayHintProvider { get; init; }

    public bool? DocumentSymbolProvider { get; init; }

    public bool? WorkspaceSymbolProvider { get; init; }

    public bool? FoldingRangeProvider { get; init; }

    public bool? SelectionRangeProvider { get; init; }

    public bool? DocumentHighlightProvider { get; init; }

    public bool? LinkedEditingRangeProvider { get; init; }

    public bool? ReferencesProvider { get; init; }

    public RenameOptions? RenameProvider { get; init; }

    public ResolveOptions? DocumentLinkProvider { get; init; }

    public ResolveOptions? CodeLensProvider { get; init; }

    public bool? DocumentFormattingProvider { get; init; }

    public DocumentRangeFormattingOptions? DocumentRangeFormattingProvider { get; init; }

    public DocumentOnTypeFormattingOptions? DocumentOnTypeFormattingProvider { get; init; }

    public WorkspaceServerCapabilities? Workspace { get; init; }
}

/// <param name="OpenClose">Whether opening and closing are told.</param>
/// <param name="Change">2: the changes alone.</param>
/// <param name="Save">Whether saving is told.</param>
internal sealed record TextDocumentSyncOptions(bool OpenClose, int Change, SaveOptions Save);

internal sealed record SaveOptions(bool IncludeText);

internal sealed record DiagnosticOptions(string Identifier, bool InterFileDependencies, bool WorkspaceDiagnostics);

internal sealed record CompletionOptions(string[] TriggerCharacters, bool ResolveProvider, CompletionItemOptions CompletionItem);

internal sealed record CompletionItemOptions(bool LabelDetailsSupport);

/// <param name="CodeActionKinds">Null for a client that knows commands only and takes a plain <c>true</c>.</param>
/// <param name="ResolveProvider">Whether actions are completed when they are chosen.</param>
[JsonConverter(typeof(CodeActionOptionsConverter))]
internal sealed record CodeActionOptions(string[]? CodeActionKinds, bool ResolveProvider);

internal sealed record ExecuteCommandOptions(string[] Commands);

internal sealed record SemanticTokensOptions(SemanticTokensLegend Legend, SemanticTokensFull Full, bool Range);

internal sealed record SemanticTokensLegend(string[] TokenTypes, string[] TokenModifiers);

internal sealed record SemanticTokensFull(bool Delta);

/// <param name="PrepareProvider">False for a client that does not ask first, and takes a plain <c>true</c>.</param>
[JsonConverter(typeof(RenameOptionsConverter))]
internal sealed record RenameOptions(bool PrepareProvider);

internal sealed record ResolveOptions(bool ResolveProvider);

/// <param name="RangesSupport">Whether several ranges may be asked for at once.</param>
internal sealed record DocumentRangeFormattingOptions(bool RangesSupport);

internal sealed record DocumentOnTypeFormattingOptions(string FirstTriggerCharacter, string[] MoreTriggerCharacter);

internal sealed record WorkspaceServerCapabilities(WorkspaceFoldersServerCapabilities WorkspaceFolders);

internal sealed record WorkspaceFoldersServerCapabilities(bool Supported, bool ChangeNotifications);
