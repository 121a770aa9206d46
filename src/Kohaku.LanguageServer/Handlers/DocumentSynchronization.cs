using System.Text.Json;
using Kohaku.LanguageServer.Diagnosing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/didOpen</c>.</summary>
internal sealed class DidOpenHandler(ServerState state, DiagnosticPush push, LiveReload reload) : IOrderedHandler<DidOpenTextDocumentParams>
{
    /// <inheritdoc/>
    public object? Handle(DidOpenTextDocumentParams message)
    {
        var item = message.TextDocument;
        var document = Document.Open(item.Uri, item.Version, item.Text, state.Current.Client.Encoding);
        state.Change(snapshot => snapshot with
        {
            Documents = snapshot.Documents.SetItem(document.Path, document),
            Lost = snapshot.Lost.Remove(document.Path),
        });
        push.Schedule(document.Path);
        if (DocumentPath.IsFile(document.Path)) reload.WatchSoon();
        return null;
    }
}

/// <summary><c>textDocument/didChange</c>.</summary>
internal sealed class DidChangeHandler(ServerState state, DiagnosticPush push, Action<string> log) : IOrderedHandler<DidChangeTextDocumentParams>
{
    /// <inheritdoc/>
    public object? Handle(DidChangeTextDocumentParams message)
    {
        var uri = message.TextDocument.Uri;
        var path = DocumentPath.Of(uri);
        state.Change(snapshot => Changed(snapshot, path, message));
        if (state.Current.Documents.ContainsKey(path)) push.Schedule(path);
        else log($"{uri} was changed and is not open; the change is passed over");
        return null;
    }

    /// <summary>A change that could not be read: the document is out of step from here on.</summary>
    public void Lose(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object
            || !parameters.TryGetProperty("textDocument", out var identifier) || identifier.ValueKind != JsonValueKind.Object
            || !identifier.TryGetProperty("uri", out var uri) || uri.ValueKind != JsonValueKind.String) return;

        var path = DocumentPath.Of(uri.GetString()!);
        state.Change(snapshot => snapshot.Documents.ContainsKey(path) ? snapshot with { Lost = snapshot.Lost.Add(path) } : snapshot);
        log($"a change of {uri.GetString()} could not be read; it is out of step until it is opened again or sent whole");
    }

    private static Snapshot Changed(Snapshot snapshot, string path, DidChangeTextDocumentParams message)
    {
        if (!snapshot.Documents.TryGetValue(path, out var document)) return snapshot;

        // Behind a change that was lost only a whole text is to be trusted.
        var changes = message.ContentChanges;
        if (snapshot.Lost.Contains(path))
        {
            var whole = Array.FindLastIndex(changes, change => change.Range is null);
            if (whole < 0) return snapshot;
            changes = changes[whole..];
        }

        return snapshot with
        {
            Documents = snapshot.Documents.SetItem(path, document.Change(message.TextDocument.Version, changes)),
            Lost = snapshot.Lost.Remove(path),
        };
    }
}

/// <summary><c>textDocument/didClose</c>.</summary>
internal sealed class DidCloseHandler(ServerState state, DiagnosticPush push) : IOrderedHandler<TextDocumentParams>
{
    /// <inheritdoc/>
    public object? Handle(TextDocumentParams message)
    {
        var path = DocumentPath.Of(message.TextDocument.Uri);
        state.Change(snapshot => snapshot with { Documents = snapshot.Documents.Remove(path), Lost = snapshot.Lost.Remove(path) });
        push.Clear(message.TextDocument.Uri);
        return null;
    }
}

/// <summary><c>textDocument/didSave</c>: what is open is known already.</summary>
internal sealed class DidSaveHandler : IOrderedHandler<DidSaveTextDocumentParams>
{
    /// <inheritdoc/>
    public object? Handle(DidSaveTextDocumentParams message) => null;
}
