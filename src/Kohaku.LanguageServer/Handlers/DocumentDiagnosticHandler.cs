using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/diagnostic</c>: the findings of an open document, or that they are as they were.</summary>
internal sealed class DocumentDiagnosticHandler : IBackgroundHandler<DocumentDiagnosticParams, DocumentDiagnosticReport>
{
    /// <inheritdoc/>
    public DocumentDiagnosticReport Handle(Snapshot snapshot, DocumentDiagnosticParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var result = ResultId.Of(snapshot, document);
        return request.PreviousResultId == result
            ? new DocumentDiagnosticReport("unchanged", result, null)
            : new DocumentDiagnosticReport("full", result, PartLinter.Findings(snapshot, document, cancel));
    }
}
