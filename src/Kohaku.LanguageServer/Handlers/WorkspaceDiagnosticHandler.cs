using System.Text.Json;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>workspace/diagnostic</c>: the findings of all prompt files, in portions where the client takes portions.</summary>
internal sealed class WorkspaceDiagnosticHandler(Client client) : ILastingHandler<WorkspaceDiagnosticParams, WorkspaceDiagnosticReport>
{
    private const int Portion = 64;

    private readonly WorkspaceFindings _files = new();

    /// <inheritdoc/>
    public WorkspaceDiagnosticReport Handle(Snapshot snapshot, WorkspaceDiagnosticParams request, CancellationToken cancel)
    {
        var portions = request.PartialResultToken;
        var known = (request.PreviousResultIds ?? []).GroupBy(previous => DocumentPath.Of(previous.Uri), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        using var progress = new Progress(client, request.WorkDoneToken, "Linting prompts");
        var items = new List<WorkspaceDocumentDiagnosticReport>();
        var count = 0;
        foreach (var report in Reports(snapshot, known, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            items.Add(report);
            progress.Report($"{++count} files");
            if (portions is null || items.Count < Portion) continue;

            Send(portions.Value, items);
            items.Clear();
        }

        if (portions is null || items.Count == 0) return new WorkspaceDiagnosticReport([.. items]);

        Send(portions.Value, items);
        return new WorkspaceDiagnosticReport([]);
    }

    private IEnumerable<WorkspaceDocumentDiagnosticReport> Reports(Snapshot snapshot, Dictionary<string, PreviousResultId> known, CancellationToken cancel)
    {
        foreach (var document in snapshot.Documents.Values)
        {
            if (!snapshot.Lost.Contains(document.Path)) yield return Open(snapshot, document, known.GetValueOrDefault(document.Path), cancel);
            known.Remove(document.Path);
        }

        if (snapshot.Setup.Editor.LintsWorkspace)
        {
            foreach (var path in WorkspaceFiles.Prompts(snapshot))
            {
                if (snapshot.Documents.ContainsKey(path)) continue;

                known.Remove(path, out var previous);
                if (_files.TryRead(snapshot, path, previous?.Value, cancel, out var found)) yield return Report(previous?.Uri ?? DocumentPath.ToUri(path), null, found.ResultId, found.Items);
                else if (previous is not null) yield return Report(previous.Uri, null, "", DiagnosticList.None);
            }
        }

        // What the client still shows and what is no longer there, or no longer linted.
        foreach (var gone in known.Values) yield return Report(gone.Uri, null, "", DiagnosticList.None);
    }

    private static WorkspaceDocumentDiagnosticReport Open(Snapshot snapshot, Document document, PreviousResultId? previous, CancellationToken cancel)
    {
        var id = ResultId.Of(snapshot, document);
        return Report(document.Uri, document.Version, id, id == previous?.Value ? null : PartLinter.Findings(snapshot, document, cancel));
    }

    private static WorkspaceDocumentDiagnosticReport Report(string uri, int? version, string id, DiagnosticList? items) =>
        new() { Kind = items is null ? "unchanged" : "full", ResultId = id, Uri = uri, Version = version, Items = items };

    private void Send(JsonElement token, List<WorkspaceDocumentDiagnosticReport> items) => client.Progress(token, new WorkspaceDiagnosticReport([.. items]));
}
