using System.Buffers;
using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/prepareRename</c>: the tag or the network's name under the cursor.</summary>
internal sealed class PrepareRenameHandler : IBackgroundHandler<TextDocumentPositionParams, PrepareRenameResult>
{
    /// <inheritdoc/>
    public PrepareRenameResult? Handle(Snapshot snapshot, TextDocumentPositionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        using var reading = PartReading.At(snapshot, document, offset);
        return TagKey.At(reading, offset) is var (_, span, name) ? new PrepareRenameResult(document.Lines.Range(span), name) : null;
    }
}

/// <summary>
/// <c>textDocument/rename</c>: another name for a tag, wherever it stands in the workspace, aliases of it included, or for a network. A client that
/// knows no versions gets the edits of the one document: elsewhere nothing would tell whether they still fit.
/// </summary>
internal sealed class RenameHandler(Client client) : ILastingHandler<RenameParams, WorkspaceEdit>
{
    private static readonly SearchValues<char> s_dividers = SearchValues.Create(",\n\r#|，、");
    private static readonly SearchValues<char> s_ofCalls = SearchValues.Create("<>:");

    /// <inheritdoc/>
    public WorkspaceEdit? Handle(Snapshot snapshot, RenameParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        if (KeyAt(snapshot, document, request.Position) is not { } key) throw Failure.Of(Failure.RequestFailed, "no tag stands here; put the cursor on a tag");

        var name = request.NewName.Trim();
        if (name.Length == 0) throw Failure.Of(Failure.InvalidParams, "the new name is empty; write a tag");
        if (name.AsSpan().ContainsAny(s_dividers)) throw Failure.Of(Failure.InvalidParams, "the new name holds a comma, a line end, a bar or #, which no tag has; write one tag");
        if (key.IsNetwork && name.AsSpan().ContainsAny(s_ofCalls)) throw Failure.Of(Failure.InvalidParams, "the new name holds <, > or a colon, which no network's has; write a file's name without its extension");

        var versions = WorkspaceEdits.TakesVersions(snapshot.Client);
        return WorkProgress.Show(client, request.WorkDoneToken, $"Renaming {key.Written}", () =>
        {
            var changed = new List<(Document, TextEdit[])>();
            foreach (var other in versions ? WorkspaceDocuments.Of(snapshot, document, cancel) : [document])
            {
                var edits = Edits(snapshot, other, key, name, cancel);
                if (edits.Length > 0) changed.Add((other, edits));
            }

            return WorkspaceEdits.Of(snapshot.Client, changed);
        });
    }

    private static TagKey? KeyAt(Snapshot snapshot, Document document, Position position)
    {
        var offset = document.Lines.Offset(position);
        using var reading = PartReading.At(snapshot, document, offset);
        return TagKey.At(reading, offset)?.Key;
    }

    private static TextEdit[] Edits(Snapshot snapshot, Document document, TagKey key, string name, CancellationToken cancel)
    {
        var written = key.IsNetwork ? name : BracketEdits.Escape(name, snapshot.Setup.SettingsFor(document.Path).Dialect);
        return [.. key.In(snapshot, document, cancel)
            .Where(span => !document.Text.AsSpan(span.Start, span.Length).SequenceEqual(written))
            .Select(span => new TextEdit(document.Lines.Range(span), Apart(document.Text, span, written)))];
    }

    // `a-BREAK` are two words: without a blank `bBREAK` would be one.
    private static string Apart(string text, TextSpan span, string name)
    {
        var before = span.Start > 0 && IsWord(text[span.Start - 1]) && IsWord(name[0]) ? " " : "";
        var behind = span.End < text.Length && IsWord(text[span.End]) && IsWord(name[^1]) ? " " : "";
        return before + name + behind;
    }

    private static bool IsWord(char c) => c == '_' || char.IsLetterOrDigit(c) || char.IsSurrogate(c);
}
