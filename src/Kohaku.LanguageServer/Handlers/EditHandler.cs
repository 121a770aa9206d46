using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;
using Kohaku.LanguageServer.Transport;
using Kohaku.Syntax;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>kohaku/edit</c>: an action on the selections of an editor, answered by edits and by where the selections then stand.</summary>
internal sealed class EditHandler : IBackgroundHandler<EditParams, EditResult>
{
    /// <inheritdoc/>
    public EditResult? Handle(Snapshot snapshot, EditParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(new TextDocumentIdentifier(request.TextDocument.Uri));
        if (request.TextDocument.Version is { } version && version != document.Version)
            throw Failure.Of(Failure.ContentModified, $"{request.TextDocument.Uri} is at version {document.Version}, not {version}; ask again");
        if (ServerCommands.Find(request.Action) is not { } action) throw Failure.Of(Failure.InvalidParams, $"{request.Action}: no such action");
        if (request.Selections.Length == 0) return null;

        var selections = Array.ConvertAll(request.Selections, document.Lines.Span);
        var edits = Edits(snapshot, document, action, selections, cancel);
        if (edits.Count == 0) return new EditResult(document.Version, [], request.Selections, MessageOf(action));

        var after = Document.Open(document.Uri, null, Analysis.Fixes.TextEdits.Apply(document.Text, edits), snapshot.Client.Encoding);
        return new EditResult(
            document.Version,
            WorkspaceEdits.Places(document, edits),
            Array.ConvertAll(selections, selection => after.Lines.Range(SelectionMap.Map(edits, selection))),
            null);
    }

    /// <summary>The edits of all selections. One that would touch what an earlier one changed is passed over: two cursors in a tag are one.</summary>
    private static List<Analysis.TextEdit> Edits(Snapshot snapshot, Document document, PromptAction action, TextSpan[] selections, CancellationToken cancel)
    {
        var all = new List<Analysis.TextEdit>();
        foreach (var selection in selections.Distinct().OrderBy(selection => selection.Start).ThenBy(selection => selection.End))
        {
            var edits = DocumentEdits.Of(snapshot, document, action, selection, cancel);
            if (edits.Count == 0 || (all.Count > 0 && edits[0].Span.Start < all[^1].Span.End) || edits.Exists(all.Contains)) continue;
            if (all.Count > 0 && edits[0].Span.Start < all[^1].Span.Start) continue;
            all.AddRange(edits);
        }

        return all;
    }

    private static string MessageOf(PromptAction action) => action switch
    {
        PromptAction.SortSections => "The sections are in order already.",
        PromptAction.FixAll => "There is nothing that is safe to fix.",
        PromptAction.EmphasizeWeakTags => "No weak tag lacks emphasis.",
        PromptAction.EscapeBrackets => "No bracket here needs a backslash.",
        PromptAction.ToComfyUI or PromptAction.ToA1111 => "The weights say the same in both dialects, or cannot be said in the other.",
        PromptAction.SplitAtBreak => "Each BREAK has its line already.",
        PromptAction.RemoveWeight => "There is no weight to remove.",
        _ => "No tag stands here.",
    };
}
