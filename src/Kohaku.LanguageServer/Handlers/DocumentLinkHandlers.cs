using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Hovering;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/documentLink</c>: tags; where they lead is told when it is asked for.</summary>
internal sealed class DocumentLinkHandler : IBackgroundHandler<TextDocumentParams, DocumentLink[]>
{
    // More links than anybody follows: the reply for a library of 1 MB would be 7 MB, at every change.
    private const int Most = 10_000;

    /// <inheritdoc/>
    public DocumentLink[] Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var links = new List<DocumentLink>();
        foreach (var part in document.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            if (links.Count == Most) break;

            using var reading = PartReading.Of(snapshot, document, part);
            for (var i = 0; i < reading.Tree.Prompts.Length; i++)
            {
                var (positive, negative) = reading.Prompt(i);
                Add(positive);
                if (negative is not null) Add(negative);
            }

            void Add(Analysis.Linting.PromptView side)
            {
                foreach (ref readonly var tag in side.Tags)
                    if (links.Count < Most && tag.Text.IsTag && !tag.IsCut) links.Add(new DocumentLink(reading.Range(tag.Span)) { Data = tag.Text.Canonical });
            }
        }

        return [.. links];
    }
}

/// <summary><c>documentLink/resolve</c>: a tag's page in danbooru's wiki.</summary>
internal sealed class DocumentLinkResolveHandler : IBackgroundHandler<DocumentLink, DocumentLink>
{
    /// <inheritdoc/>
    public DocumentLink Handle(Snapshot snapshot, DocumentLink request, CancellationToken cancel) =>
        request.Data is { } tag ? request with { Target = WikiPage.Of(tag), Tooltip = $"Danbooru wiki: {tag}" } : request;
}
