namespace Kohaku.LanguageServer.Protocol;

/// <summary>A place in a document.</summary>
/// <param name="Line">From 0.</param>
/// <param name="Character">From 0, in units of the encoding agreed on.</param>
internal readonly record struct Position(int Line, int Character);

/// <summary>A stretch of a document.</summary>
/// <param name="Start">Its first place.</param>
/// <param name="End">The place behind its last.</param>
internal readonly record struct Range(Position Start, Position End);

/// <summary>A stretch of some document.</summary>
internal sealed record Location(string Uri, Range Range);

/// <summary>Names a document.</summary>
internal sealed record TextDocumentIdentifier(string Uri);

/// <summary>Names a document as of a version; null where the version on disk is meant.</summary>
internal sealed record OptionalVersionedTextDocumentIdentifier(
    string Uri,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] int? Version);

/// <summary>One replacement in a document.</summary>
internal sealed record TextEdit(Range Range, string NewText);

/// <summary>One change of several that belong together.</summary>
[System.Text.Json.Serialization.JsonDerivedType(typeof(TextDocumentEdit))]
[System.Text.Json.Serialization.JsonDerivedType(typeof(CreateFile))]
internal abstract record DocumentChange;

/// <summary>Replacements in one version of a document.</summary>
internal sealed record TextDocumentEdit(OptionalVersionedTextDocumentIdentifier TextDocument, TextEdit[] Edits) : DocumentChange;

/// <summary>A new, empty file.</summary>
/// <param name="Uri">The file.</param>
/// <param name="Options">What happens where it is there already.</param>
internal sealed record CreateFile(string Uri, CreateFileOptions Options) : DocumentChange
{
    /// <summary>Always the same.</summary>
    public string Kind { get; init; } = "create";
}

internal sealed record CreateFileOptions(bool IgnoreIfExists);

/// <summary>Replacements in several documents.</summary>
internal sealed record WorkspaceEdit
{
    /// <summary>By document, for clients that know no versions.</summary>
    public Dictionary<string, TextEdit[]>? Changes { get; init; }

    /// <summary>By document and version.</summary>
    public DocumentChange[]? DocumentChanges { get; init; }
}

/// <summary>A command of the client's or the server's.</summary>
internal sealed record Command(string Title, [property: System.Text.Json.Serialization.JsonPropertyName("command")] string Name)
{
    /// <summary>What it is called with.</summary>
    public System.Text.Json.JsonElement[]? Arguments { get; init; }
}

/// <summary>Text for people.</summary>
/// <param name="Kind"><c>markdown</c> or <c>plaintext</c>.</param>
/// <param name="Value">The text.</param>
internal sealed record MarkupContent(string Kind, string Value);

/// <summary>A place in a document.</summary>
internal sealed record TextDocumentPositionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>A document.</summary>
internal sealed record TextDocumentParams(TextDocumentIdentifier TextDocument);

/// <summary>A stretch of a document.</summary>
internal sealed record TextDocumentRangeParams(TextDocumentIdentifier TextDocument, Range Range);

/// <summary>A folder that is open in the client.</summary>
internal sealed record WorkspaceFolder(string Uri, string Name = "");

/// <summary>For methods whose parameters say nothing.</summary>
internal sealed record EmptyParams;
