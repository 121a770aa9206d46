namespace Kohaku.LanguageServer.Protocol;

/// <summary>What the outline says a thing is: the numbers of the protocol's symbol kinds that are used.</summary>
internal enum SymbolKind
{
    Module = 2,
    Namespace = 3,
    Class = 5,
    Property = 7,
    Function = 12,
    Variable = 13,
    Constant = 14,
    Event = 24,
}

/// <summary>A row of the outline with what is below it.</summary>
internal sealed record DocumentSymbol(string Name, SymbolKind Kind, Range Range, Range SelectionRange)
{
    public string? Detail { get; init; }

    public DocumentSymbol[]? Children { get; init; }
}

/// <summary>A row of an outline without levels, or of the workspace's.</summary>
internal sealed record SymbolInformation(string Name, SymbolKind Kind, Location Location)
{
    public string? ContainerName { get; init; }
}

/// <summary><c>workspace/symbol</c>.</summary>
internal sealed record WorkspaceSymbolParams(string Query);

/// <summary>Lines that fold.</summary>
internal sealed record FoldingRange(int StartLine, int EndLine)
{
    /// <summary><c>comment</c> or <c>region</c>.</summary>
    public string? Kind { get; init; }
}

/// <summary><c>textDocument/selectionRange</c>.</summary>
internal sealed record SelectionRangeParams(TextDocumentIdentifier TextDocument, Position[] Positions);

/// <summary>A selection, and the one it grows to.</summary>
internal sealed record SelectionRange(Range Range)
{
    public SelectionRange? Parent { get; init; }
}
