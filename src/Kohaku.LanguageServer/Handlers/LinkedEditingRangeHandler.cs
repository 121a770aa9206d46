using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/linkedEditingRange</c>: the places in the document where the tag under the cursor is written the same way.</summary>
internal sealed class LinkedEditingRangeHandler : IBackgroundHandler<TextDocumentPositionParams, LinkedEditingRanges>
{
    // A comma, a bracket or a line end is no longer the tag.
    private const string WordPattern = @"[^,\r\n()\[\]{}<>|:#]+";

    /// <inheritdoc/>
    public LinkedEditingRanges? Handle(Snapshot snapshot, TextDocumentPositionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        TagKey key;
        string written;
        using (var reading = PartReading.At(snapshot, document, offset))
        {
            if (TagKey.At(reading, offset) is not var (found, span, _)) return null;
            (key, written) = (found, document.Text.Substring(span.Start, span.Length));
        }

        var places = key.In(snapshot, document, cancel).FindAll(span => document.Text.AsSpan(span.Start, span.Length).SequenceEqual(written));
        return places.Count < 2 ? null : new LinkedEditingRanges([.. places.Select(document.Lines.Range)], WordPattern);
    }
}
