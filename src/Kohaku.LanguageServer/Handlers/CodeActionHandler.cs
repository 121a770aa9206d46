using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Editing;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>textDocument/codeAction</c>: what can be done about a selection.</summary>
internal sealed class CodeActionHandler : IBackgroundHandler<CodeActionParams, CodeActionEntry[]>
{
    private static readonly PromptAction[] s_rewrites =
    [
        PromptAction.WrapSelection, PromptAction.RaiseWeight, PromptAction.LowerWeight, PromptAction.RemoveWeight,
        PromptAction.EscapeBrackets, PromptAction.SplitAtBreak, PromptAction.ToComfyUI, PromptAction.ToA1111,
    ];

    /// <inheritdoc/>
    public CodeActionEntry[] Handle(Snapshot snapshot, CodeActionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var actions = new ActionList(snapshot, document, request, cancel);
        if (actions.Wants(ActionKinds.QuickFix)) QuickFixes.Add(snapshot, document, request.Range, actions, cancel);

        // At a mere cursor an editor asks on its own to show a bulb: something can always be rewritten, so the bulb would say nothing.
        if (actions.Wants(ActionKinds.Rewrite) && (actions.IsAsked || request.Range.Start != request.Range.End))
            AddRewrites(snapshot, document, request, actions, cancel);
        if (!actions.IsAsked) return [.. actions.Entries];

        if (actions.Wants(ActionKinds.FixAll) && TouchedFindings.CountFixable(snapshot, document, null, cancel) > 0)
            actions.AddWhole(ServerCommands.TitleOf(PromptAction.FixAll), ActionKinds.FixAll, PromptAction.FixAll);
        if (actions.Wants(ActionKinds.SortSections) && DocumentEdits.Of(snapshot, document, PromptAction.SortSections, DocumentEdits.Whole(document), cancel).Count > 0)
            actions.AddWhole(ServerCommands.TitleOf(PromptAction.SortSections), ActionKinds.SortSections, PromptAction.SortSections);
        return [.. actions.Entries];
    }

    private static void AddRewrites(Snapshot snapshot, Document document, CodeActionParams request, ActionList actions, CancellationToken cancel)
    {
        var selection = document.Lines.Span(request.Range);
        foreach (var action in s_rewrites) actions.AddRewrite(action, DocumentEdits.Of(snapshot, document, action, selection, cancel));
    }
}

/// <summary><c>codeAction/resolve</c>: makes the edit of an action on a whole document.</summary>
internal sealed class ResolveCodeActionHandler : IBackgroundHandler<UnresolvedCodeAction, CodeAction>
{
    /// <inheritdoc/>
    public CodeAction Handle(Snapshot snapshot, UnresolvedCodeAction request, CancellationToken cancel)
    {
        if (request.Data is not { } data) throw Transport.Failure.Of(Transport.Failure.InvalidParams, "the action carries no data; send it back as it was offered");

        var document = snapshot.Document(new TextDocumentIdentifier(data.Uri));
        if (document.Version != data.Version) throw Transport.Failure.Of(Transport.Failure.ContentModified, $"{data.Uri} changed since the action was offered; ask for actions again");

        return new CodeAction
        {
            Title = request.Title,
            Kind = request.Kind,
            Diagnostics = request.Diagnostics,
            IsPreferred = request.IsPreferred,
            Data = data,
            Edit = WorkspaceEdits.Of(snapshot.Client, document, WholeEdits.Of(snapshot, document, data, cancel)),
        };
    }
}
