using System.Collections.Immutable;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Session;

/// <summary>All that a request is answered from: as it was when the request came, whatever happens meanwhile.</summary>
/// <param name="Client">What is known of the client.</param>
/// <param name="Setup">Configuration and tags.</param>
/// <param name="Documents">The open documents by path.</param>
/// <param name="Lost">Documents that missed a change: they are out of step until they are sent again.</param>
internal sealed record Snapshot(
    ClientFacts Client, Setup Setup, ImmutableDictionary<string, Document> Documents, ImmutableHashSet<string> Lost)
{
    /// <summary>The model as it was last looked at, whatever the settings say now; null before the first look.</summary>
    public CheckedModel? Model { get; init; }

    /// <summary>The model in use as it was last looked at; null where none is named, none may be read, or the look is still to come.</summary>
    public CheckedModel? ModelInUse => Model is { } model && model.IsOf(Setup) ? model : null;

    /// <summary>An open document.</summary>
    /// <exception cref="StreamJsonRpc.LocalRpcException">It is not open, or out of step.</exception>
    public Document Document(Protocol.TextDocumentIdentifier identifier)
    {
        var path = DocumentPath.Of(identifier.Uri);
        if (Lost.Contains(path)) throw Failure.OutOfStep(identifier.Uri);
        return Documents.TryGetValue(path, out var document) ? document : throw Failure.NotOpen(identifier.Uri);
    }
}
