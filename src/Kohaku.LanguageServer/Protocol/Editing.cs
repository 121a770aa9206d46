using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>textDocument/codeAction</c>.</summary>
internal sealed record CodeActionParams(TextDocumentIdentifier TextDocument, Range Range, CodeActionContext Context);

/// <summary>What is asked for.</summary>
internal sealed record CodeActionContext
{
    /// <summary>The client's findings there, as it keeps them.</summary>
    public JsonElement[]? Diagnostics { get; init; }

    /// <summary>Kinds that are asked for, with all below them; all where null.</summary>
    [JsonConverter(typeof(WholeArray<string>))]
    public string[]? Only { get; init; }

    /// <summary>1 asked for by the person, 2 by the editor on its own.</summary>
    public int? TriggerKind { get; init; }
}

/// <summary>An entry of the answer: an action, or a command for clients that know only those.</summary>
[JsonDerivedType(typeof(CodeAction))]
[JsonDerivedType(typeof(CodeActionCommand))]
internal abstract record CodeActionEntry;

/// <summary>Something that can be done.</summary>
internal sealed record CodeAction : CodeActionEntry
{
    public required string Title { get; init; }

    public string? Kind { get; init; }

    /// <summary>The findings that it mends, as they were sent.</summary>
    public JsonElement? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    /// <summary>What it does; null until it is resolved.</summary>
    public WorkspaceEdit? Edit { get; init; }

    /// <summary>What resolving needs.</summary>
    public CodeActionData? Data { get; init; }
}

/// <summary>A command in the place of an action.</summary>
internal sealed record CodeActionCommand(string Title, string Command, JsonElement[] Arguments) : CodeActionEntry;

/// <summary>What resolving an action needs.</summary>
/// <param name="Uri">The document.</param>
/// <param name="Version">The version that the action was offered for.</param>
/// <param name="Action">The name of a <see cref="Analysis.Editing.PromptAction"/>.</param>
internal sealed record CodeActionData(string Uri, int? Version, string Action)
{
    /// <summary>The rule whose fixes are applied; all where null.</summary>
    public string? Rule { get; init; }
}

/// <summary>An action as it comes back to be resolved.</summary>
internal sealed record UnresolvedCodeAction(string Title)
{
    public string? Kind { get; init; }

    public JsonElement? Diagnostics { get; init; }

    public bool? IsPreferred { get; init; }

    public CodeActionData? Data { get; init; }
}

/// <summary><c>workspace/executeCommand</c>.</summary>
internal sealed record ExecuteCommandParams(string Command)
{
    public JsonElement[]? Arguments { get; init; }
}

/// <summary><c>kohaku/edit</c>: what a key of the editor does with its selections.</summary>
internal sealed record EditParams(VersionedTextDocumentIdentifier TextDocument, Range[] Selections, string Action);

/// <summary>The answer: edits of that version, and where the selections stand afterwards.</summary>
/// <param name="Version">The version that the edits are of.</param>
/// <param name="Edits">Sorted, not overlapping.</param>
/// <param name="Selections">One for each that was sent, in the text after the edits.</param>
/// <param name="Message">Why there are no edits.</param>
internal sealed record EditResult(int? Version, TextEdit[] Edits, Range[] Selections, string? Message);

/// <summary><c>textDocument/rangesFormatting</c>.</summary>
internal sealed record TextDocumentRangesParams(TextDocumentIdentifier TextDocument, Range[] Ranges);

/// <summary><c>textDocument/onTypeFormatting</c>.</summary>
internal sealed record OnTypeFormattingParams(TextDocumentIdentifier TextDocument, Position Position, string Ch);

/// <summary><c>textDocument/rename</c>.</summary>
internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName)
{
    public JsonElement? WorkDoneToken { get; init; }
}

/// <summary>What <c>textDocument/prepareRename</c> answers.</summary>
/// <param name="Range">What is renamed.</param>
/// <param name="Placeholder">Its name as a person writes it.</param>
internal sealed record PrepareRenameResult(Range Range, string Placeholder);

/// <summary><c>textDocument/references</c>.</summary>
internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position)
{
    public JsonElement? WorkDoneToken { get; init; }
}

/// <param name="Range">Where.</param>
/// <param name="Kind">1 text.</param>
internal sealed record DocumentHighlight(Range Range, int Kind);

/// <param name="Ranges">Of the same text.</param>
/// <param name="WordPattern">What keeps them linked while it is typed.</param>
internal sealed record LinkedEditingRanges(Range[] Ranges, string WordPattern);
