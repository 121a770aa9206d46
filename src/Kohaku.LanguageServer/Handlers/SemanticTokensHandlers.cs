using Kohaku.LanguageServer.Colouring;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/semanticTokens/full</c>.</summary>
internal sealed class SemanticTokensFullHandler(TokenResults results) : IBackgroundHandler<TextDocumentParams, SemanticTokens>
{
    /// <inheritdoc/>
    public SemanticTokens Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var data = TokenData.Of(snapshot, document, null, cancel);
        return new SemanticTokens { ResultId = results.Keep(snapshot, document.Path, data), Data = data };
    }
}

/// <summary><c>textDocument/semanticTokens/full/delta</c>: what changed since the last result, or all where that is not kept.</summary>
internal sealed class SemanticTokensDeltaHandler(TokenResults results) : IBackgroundHandler<SemanticTokensDeltaParams, SemanticTokens>
{
    /// <inheritdoc/>
    public SemanticTokens Handle(Snapshot snapshot, SemanticTokensDeltaParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var before = results.Find(document.Path, request.PreviousResultId);
        var data = TokenData.Of(snapshot, document, null, cancel);
        var id = results.Keep(snapshot, document.Path, data);
        return before is null
            ? new SemanticTokens { ResultId = id, Data = data }
            : new SemanticTokens { ResultId = id, Edits = TokenData.Difference(before, data) };
    }
}

/// <summary><c>textDocument/semanticTokens/range</c>.</summary>
internal sealed class SemanticTokensRangeHandler : IBackgroundHandler<TextDocumentRangeParams, SemanticTokens>
{
    /// <inheritdoc/>
    public SemanticTokens Handle(Snapshot snapshot, TextDocumentRangeParams request, CancellationToken cancel) =>
        new() { Data = TokenData.Of(snapshot, snapshot.Document(request.TextDocument), request.Range, cancel) };
}
