using System.Text.Json;
using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Editing;

/// <summary>Collects the actions of one answer in the form that the client knows: with edits, to be resolved, or as commands.</summary>
internal sealed class ActionList(Snapshot snapshot, Document document, CodeActionParams request, CancellationToken cancel)
{
    private readonly CodeActionClientCapabilities? _client = snapshot.Client.Capabilities.TextDocument?.CodeAction;

    /// <summary>The entries so far.</summary>
    public List<CodeActionEntry> Entries { get; } = [];

    /// <summary>Whether the client knows actions; else commands only.</summary>
    public bool TakesLiterals => _client?.CodeActionLiteralSupport is not null;

    private bool Resolves => _client is { DataSupport: true, ResolveSupport.Properties: { } properties } && properties.Contains("edit");

    /// <summary>Whether a kind is asked for.</summary>
    public bool Wants(string kind) => ActionKinds.IsWanted(request.Context.Only, kind);

    /// <summary>Whether the person asked, or for this kind alone: what an editor asks for on its own is only what it may show unasked.</summary>
    public bool IsAsked => request.Context.TriggerKind != 2 || request.Context.Only is { Length: > 0 };

    /// <summary>A fix of a finding.</summary>
    public void AddFix(Protocol.Diagnostic finding, DiagnosticFix fix, bool isPreferred)
    {
        if (TakesLiterals)
        {
            AddEdit(fix.Title, ActionKinds.QuickFix, WorkspaceEdits.Of(snapshot.Client, document, fix.Edits), finding, isPreferred);
            return;
        }

        var place = JsonSerializer.SerializeToElement(finding.Range, EditingJson.Default.Range);
        Entries.Add(new CodeActionCommand(fix.Title, ServerCommands.ApplyFix, [Text(document.Uri), place, Text(finding.Code), Text(fix.Title)]));
    }

    /// <summary>An action whose edit is there already; nothing for clients that take commands only.</summary>
    public void AddEdit(string title, string kind, WorkspaceEdit edit, Protocol.Diagnostic? finding = null, bool isPreferred = false)
    {
        if (!TakesLiterals) return;
        Entries.Add(new CodeAction
        {
            Title = title,
            Kind = kind,
            Diagnostics = finding is null ? null : JsonSerializer.SerializeToElement([finding], EditingJson.Default.DiagnosticArray),
            IsPreferred = isPreferred && _client!.IsPreferredSupport != false ? true : null,
            Edit = edit,
        });
    }

    /// <summary>An action for the whole document, whose edit is made when it is wanted.</summary>
    public void AddWhole(string title, string kind, PromptAction action, Analysis.Rule? rule = null)
    {
        var data = new CodeActionData(document.Uri, document.Version, ServerCommands.NameOf(action)) { Rule = rule?.Info.Id };
        if (!TakesLiterals) AddCommand(title, action, document.Lines.Range(DocumentEdits.Whole(document)));
        else if (Resolves) Entries.Add(new CodeAction { Title = title, Kind = kind, Data = data });
        else if (WholeEdits.Of(snapshot, document, data, cancel) is { Length: > 0 } edits) AddEdit(title, kind, WorkspaceEdits.Of(snapshot.Client, document, edits));
    }

    /// <summary>An action on the selection.</summary>
    public void AddRewrite(PromptAction action, IReadOnlyList<Analysis.TextEdit> edits)
    {
        if (edits.Count == 0) return;
        if (TakesLiterals) AddEdit(ServerCommands.TitleOf(action), ActionKinds.Rewrite, WorkspaceEdits.Of(snapshot.Client, document, WorkspaceEdits.Places(document, edits)));
        else AddCommand(ServerCommands.TitleOf(action), action, request.Range);
    }

    private void AddCommand(string title, PromptAction action, Protocol.Range range) =>
        Entries.Add(new CodeActionCommand(title, ServerCommands.CommandOf(action), [Text(document.Uri), JsonSerializer.SerializeToElement(range, EditingJson.Default.Range)]));

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, EditingJson.Default.String);
}
