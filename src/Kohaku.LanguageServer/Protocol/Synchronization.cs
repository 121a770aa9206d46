using System.Text.Json.Serialization;
using System.Text.Json;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>A document as it is opened.</summary>
internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

/// <summary><c>textDocument/didOpen</c>.</summary>
internal sealed record DidOpenTextDocumentParams(TextDocumentItem TextDocument);

/// <summary>A document and the version that a change leads to.</summary>
internal sealed record VersionedTextDocumentIdentifier(string Uri, int? Version = null);

/// <summary>One change: a range's, or the whole text where there is no range.</summary>
internal sealed record TextDocumentContentChangeEvent(string Text, Range? Range = null);

/// <summary><c>textDocument/didChange</c>: changes in succession, each upon what the one before left.</summary>
internal sealed record DidChangeTextDocumentParams(VersionedTextDocumentIdentifier TextDocument, [property: JsonConverter(typeof(WholeArray<TextDocumentContentChangeEvent>))] TextDocumentContentChangeEvent[] ContentChanges);

/// <summary><c>textDocument/didSave</c>.</summary>
internal sealed record DidSaveTextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary><c>workspace/didChangeConfiguration</c>.</summary>
internal sealed record DidChangeConfigurationParams(JsonElement? Settings = null);

/// <summary><c>workspace/didChangeWatchedFiles</c>.</summary>
internal sealed record DidChangeWatchedFilesParams([property: JsonConverter(typeof(WholeArray<FileEvent>))] FileEvent[] Changes);

/// <param name="Uri">The file.</param>
/// <param name="Type">1 created, 2 changed, 3 deleted.</param>
internal sealed record FileEvent(string Uri, int Type);

/// <summary><c>workspace/didChangeWorkspaceFolders</c>.</summary>
internal sealed record DidChangeWorkspaceFoldersParams(WorkspaceFoldersChangeEvent Event);

internal sealed record WorkspaceFoldersChangeEvent([property: JsonConverter(typeof(WholeArray<WorkspaceFolder>))] WorkspaceFolder[] Added, [property: JsonConverter(typeof(WholeArray<WorkspaceFolder>))] WorkspaceFolder[] Removed);

/// <summary><c>kohaku/trustChanged</c>.</summary>
internal sealed record TrustChangedParams(bool Trusted);

/// <summary><c>workspace/configuration</c>: which settings are asked for.</summary>
internal sealed record ConfigurationItem(string? ScopeUri, string Section);
