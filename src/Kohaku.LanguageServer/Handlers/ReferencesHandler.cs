using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/references</c>: where a tag stands in the workspace, aliases of it included, or a network.</summary>
internal sealed class ReferencesHandler(Client client) : ILastingHandler<ReferenceParams, Location[]>
{
    /// <inheritdoc/>
    public Location[]? Handle(Snapshot snapshot, ReferenceParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        TagKey? key;
        using (var reading = PartReading.At(snapshot, document, offset)) key = TagKey.At(reading, offset)?.Key;
        if (key is null) return null;

        return WorkProgress.Show<Location[]>(client, request.WorkDoneToken, $"Looking for {key.Written}", () =>
            [.. WorkspaceDocuments.Of(snapshot, document, cancel).SelectMany(other =>
                key.In(snapshot, other, cancel).Select(span => new Location(other.Uri, other.Lines.Range(span))))]);
    }
}
