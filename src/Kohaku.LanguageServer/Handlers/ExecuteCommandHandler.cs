using System.Text.Json;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>workspace/executeCommand</c>: <c>kohaku.server.*</c> with <c>[uri, range]</c>. The edits go to the client by <c>workspace/applyEdit</c>.</summary>
internal sealed class ExecuteCommandHandler(Client client) : IConversationHandler<ExecuteCommandParams, string>
{
    /// <inheritdoc/>
    public async Task<string?> HandleAsync(Snapshot snapshot, ExecuteCommandParams request, CancellationToken cancel)
    {
        var isFix = request.Command == ServerCommands.ApplyFix;
        var action = ServerCommands.Find(request.Command);
        if (action is null && !isFix) throw Failure.Of(Failure.InvalidParams, $"{request.Command}: no such command");

        var (document, range) = Arguments(snapshot, request);
        if (snapshot.Client.Capabilities.Workspace?.ApplyEdit != true) throw Failure.Of(Failure.RequestFailed, $"{request.Command} needs workspace/applyEdit, which this client does not offer");

        var edits = isFix
            ? Fix(snapshot, document, range, request, cancel)
            : WorkspaceEdits.Places(document, DocumentEdits.Of(snapshot, document, action!.Value, document.Lines.Span(range), cancel));
        if (edits.Length == 0) return null;

        var parameters = new Dictionary<string, object?>
        {
            ["label"] = action is { } known ? ServerCommands.TitleOf(known) : "Fix",
            ["edit"] = WorkspaceEdits.Of(snapshot.Client, document, edits),
        };
        var answer = await client.RequestAsync("workspace/applyEdit", parameters, ProtocolJson.Default.ApplyWorkspaceEditResult, cancel).ConfigureAwait(false);
        if (answer is { Applied: false }) throw Failure.Of(Failure.RequestFailed, $"the editor did not apply the edit: {answer.FailureReason ?? "it gave no reason"}");
        return null;
    }

    private static TextEdit[] Fix(Snapshot snapshot, Document document, Protocol.Range range, ExecuteCommandParams request, CancellationToken cancel)
    {
        if (request.Arguments is not [_, _, { ValueKind: JsonValueKind.String } code, { ValueKind: JsonValueKind.String } title])
            throw Failure.Of(Failure.InvalidParams, $"{request.Command} takes [uri, range, rule, title]");

        var finding = TouchedFindings.In(snapshot, document, range, cancel).Find(finding => finding.Range == range && finding.Code == code.GetString());
        return finding?.Data?.Fixes.FirstOrDefault(fix => fix.Title == title.GetString())?.Edits ?? [];
    }

    private static (Document Document, Protocol.Range Range) Arguments(Snapshot snapshot, ExecuteCommandParams request)
    {
        if (request.Arguments is not [{ ValueKind: JsonValueKind.String } uri, var place, ..]) throw Failure.Of(Failure.InvalidParams, $"{request.Command} takes [uri, range]");

        var document = snapshot.Document(new TextDocumentIdentifier(uri.GetString()!));
        try
        {
            return (document, place.Deserialize(EditingJson.Default.Range));
        }
        catch (JsonException error)
        {
            throw Failure.Of(Failure.InvalidParams, $"{request.Command}: {error.Message}");
        }
    }
}
