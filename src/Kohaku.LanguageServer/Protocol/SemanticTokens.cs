namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>textDocument/semanticTokens/full/delta</c>.</summary>
internal sealed record SemanticTokensDeltaParams(TextDocumentIdentifier TextDocument, string PreviousResultId);

/// <summary>The coloured tokens of a document: all (<see cref="Data"/>), or what is to be changed in the data of the result before (<see cref="Edits"/>).</summary>
internal sealed record SemanticTokens
{
    public string? ResultId { get; init; }

    /// <summary>Five numbers a token: lines from the one before, columns from it on the same line, length, type, modifiers.</summary>
    public int[]? Data { get; init; }

    public SemanticTokensEdit[]? Edits { get; init; }
}

/// <param name="Start">Index into the data of the result before.</param>
/// <param name="DeleteCount">How many numbers go.</param>
/// <param name="Data">What comes in their place.</param>
internal sealed record SemanticTokensEdit(int Start, int DeleteCount, int[] Data);
