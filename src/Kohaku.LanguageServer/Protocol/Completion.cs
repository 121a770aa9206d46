namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>textDocument/completion</c>.</summary>
internal sealed record CompletionParams(TextDocumentIdentifier TextDocument, Position Position);

/// <summary>What may be written at a place, best first.</summary>
/// <param name="IsIncomplete">Whether to ask again as soon as more is typed.</param>
/// <param name="Items">At most 100.</param>
internal sealed record CompletionList(bool IsIncomplete, CompletionItem[] Items)
{
    /// <summary>What holds for all items, for clients that take it.</summary>
    public CompletionItemDefaults? ItemDefaults { get; init; }
}

/// <summary>What holds for all items of a list.</summary>
/// <param name="EditRange">What each of them replaces.</param>
internal sealed record CompletionItemDefaults(Range EditRange);

/// <summary>One thing that may be written.</summary>
/// <param name="Label">The bare tag as the model reads it.</param>
internal sealed record CompletionItem(string Label)
{
    public CompletionItemLabelDetails? LabelDetails { get; init; }

    /// <summary>The protocol's <c>CompletionItemKind</c>.</summary>
    public int? Kind { get; init; }

    public string? Detail { get; init; }

    /// <summary>Given by <c>completionItem/resolve</c>.</summary>
    public MarkupContent? Documentation { get; init; }

    /// <summary>Three digits: the place in the list.</summary>
    public string? SortText { get; init; }

    /// <summary>What was typed, so that the client keeps what the server found; left out where it is the label.</summary>
    public string? FilterText { get; init; }

    /// <summary>What is written, for clients that take the range from the list.</summary>
    public string? TextEditText { get; init; }

    /// <summary>What is written where, for the others.</summary>
    public TextEdit? TextEdit { get; init; }

    /// <summary>What <c>completionItem/resolve</c> goes by: the tag's name.</summary>
    public string? Data { get; init; }
}

/// <summary>What stands beside a label.</summary>
internal sealed record CompletionItemLabelDetails
{
    /// <summary>Directly behind the label.</summary>
    public string? Detail { get; init; }

    /// <summary>At the row's end.</summary>
    public string? Description { get; init; }
}
