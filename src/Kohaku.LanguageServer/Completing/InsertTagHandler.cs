using Kohaku.Analysis.Completion;
using Kohaku.Analysis.Fixes;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.Syntax;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Completing;

/// <summary><c>kohaku/insertTag</c>: a tag put in at the cursor, behind the tag there, as the model wants it.</summary>
internal sealed class InsertTagHandler(SearchPools pools) : IBackgroundHandler<InsertTagParams, InsertTagResult>
{
    /// <inheritdoc/>
    public InsertTagResult? Handle(Snapshot snapshot, InsertTagParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(new TextDocumentIdentifier(request.TextDocument.Uri));
        var tag = Text(pools.For(snapshot, document.Path).Lookup, request.Tag);
        if (tag.Length == 0) return null;

        using var reading = PartReading.At(snapshot, document, document.Lines.Offset(request.Position));
        var place = PlaceReader.ForInsertion(reading.Tree, reading.ToTree(document.Lines.Offset(request.Position)));

        // Before a line `---` the tag makes a line of its own, and so behind one that is the last.
        var span = reading.ToDocument(place.Span);
        var lineEnd = Edit.LineEnd(document.Text);
        var isBehindSeparator = reading.Part.Span.Start > 0 && span.Start == reading.Part.Span.Start && document.Text[span.Start - 1] is not ('\n' or '\r');
        var isBeforeSeparator = span.End == reading.Part.Span.End && span.End < document.Text.Length;
        var text = (isBehindSeparator ? lineEnd : "") + TagInsertion.Text(reading.Tree, place, tag) + (isBeforeSeparator ? lineEnd : "");
        var after = document.Change(document.Version, [new TextDocumentContentChangeEvent(text, document.Lines.Range(span))]);
        var cursor = after.Lines.Position(span.Start + text.TrimEnd([' ', ',', '\r', '\n']).Length);
        return new InsertTagResult(document.Version, [new TextEdit(document.Lines.Range(span), text)], [new Protocol.Range(cursor, cursor)]);
    }

    private static string Text(TagLookup lookup, string tag) =>
        lookup.TryFind(tag, out var match) ? lookup[match.Tag].Text : TagDisplay.Of(string.Join(' ', tag.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
