using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Editing;

/// <summary>Edits as the protocol writes them: with versions where the client knows those.</summary>
internal static class WorkspaceEdits
{
    /// <summary>Whether a client takes edits with versions.</summary>
    public static bool TakesVersions(ClientFacts client) => client.Capabilities.Workspace?.WorkspaceEdit?.DocumentChanges == true;

    /// <summary>Whether a client can create files.</summary>
    public static bool CreatesFiles(ClientFacts client) =>
        TakesVersions(client) && client.Capabilities.Workspace?.WorkspaceEdit?.ResourceOperations?.Contains("create") == true;

    /// <summary>Edits in one document.</summary>
    public static WorkspaceEdit Of(ClientFacts client, Document document, TextEdit[] edits) => Of(client, [(document, edits)]);

    /// <summary>Edits in several documents.</summary>
    public static WorkspaceEdit Of(ClientFacts client, IReadOnlyList<(Document Document, TextEdit[] Edits)> documents)
    {
        if (TakesVersions(client))
        {
            return new WorkspaceEdit
            {
                DocumentChanges = [.. documents.Select(item =>
                    new TextDocumentEdit(new OptionalVersionedTextDocumentIdentifier(item.Document.Uri, item.Document.Version), item.Edits))],
            };
        }

        return new WorkspaceEdit { Changes = documents.ToDictionary(item => item.Document.Uri, item => item.Edits) };
    }

    /// <summary>Edits in the protocol's places.</summary>
    public static TextEdit[] Places(Document document, IReadOnlyList<Analysis.TextEdit> edits) => document.Lines.Edits(edits);
}
