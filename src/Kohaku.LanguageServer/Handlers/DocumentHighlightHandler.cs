using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/documentHighlight</c>: the other places of the tag under the cursor in its document.</summary>
internal sealed class DocumentHighlightHandler : IBackgroundHandler<TextDocumentPositionParams, DocumentHighlight[]>
{
    private const int Text = 1;

    /// <inheritdoc/>
    public DocumentHighlight[]? Handle(Snapshot snapshot, TextDocumentPositionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        TagKey? key;
        using (var reading = PartReading.At(snapshot, document, offset)) key = TagKey.At(reading, offset)?.Key;
        return key is null ? null : [.. key.In(snapshot, document, cancel).Select(span => new DocumentHighlight(document.Lines.Range(span), Text))];
    }
}
