using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Outlining;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/documentSymbol</c>: the outline, in levels or, for clients without, as one list.</summary>
internal sealed class DocumentSymbolHandler : IBackgroundHandler<TextDocumentParams, object>
{
    /// <inheritdoc/>
    public object Handle(Snapshot snapshot, TextDocumentParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var outline = new PromptOutline(snapshot, document, cancel).Read();
        if (snapshot.Client.Capabilities.TextDocument?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true) return outline;

        var list = new List<SymbolInformation>();
        foreach (var symbol in outline) Flatten(symbol, null, document.Uri, list);
        return list.ToArray();
    }

    private static void Flatten(DocumentSymbol symbol, string? container, string uri, List<SymbolInformation> list)
    {
        list.Add(new SymbolInformation(symbol.Name, symbol.Kind, new Location(uri, symbol.Range)) { ContainerName = container });
        foreach (var child in symbol.Children ?? []) Flatten(child, symbol.Name, uri, list);
    }
}
