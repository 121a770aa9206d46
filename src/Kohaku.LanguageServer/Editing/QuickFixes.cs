using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Editing;
using Kohaku.LanguageServer.Documents;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Editing;

/// <summary>What can be done about findings: their fixes, all fixes of their rules, and ways to silence them.</summary>
internal static class QuickFixes
{
    private const string UnusedSuppression = "KHK000";
    private const string UnknownTag = "KHK002";
    private const string WeakTag = "KHK004";

    /// <summary>Adds the actions for the findings of a selection.</summary>
    public static void Add(Snapshot snapshot, Document document, Protocol.Range range, ActionList actions, CancellationToken cancel)
    {
        var findings = TouchedFindings.In(snapshot, document, range, cancel);
        foreach (var finding in findings) AddFixes(finding, actions);

        var rules = findings.Select(finding => finding.Code).Distinct().Select(code => RuleRegistry.Find(code)!).ToList();
        foreach (var rule in rules) AddAll(snapshot, document, rule, actions, cancel);
        foreach (var finding in findings)
            if (finding.Code == UnknownTag) AllowTag.Add(snapshot, document, finding, actions);
        foreach (var rule in rules)
        {
            if (RuleRegistry.Rules.CanChange(rule.Index) && rule.Info.Id != UnusedSuppression)
                AddSuppressions(snapshot, document, findings.First(finding => finding.Code == rule.Info.Id), rule, actions);
        }
    }

    private static void AddFixes(Protocol.Diagnostic finding, ActionList actions)
    {
        if (finding.Data is not { } data) return;
        for (var i = 0; i < data.Fixes.Length; i++) actions.AddFix(finding, data.Fixes[i], isPreferred: i == 0 && data.Fixes[i].IsSafe);
    }

    private static void AddAll(Snapshot snapshot, Document document, Rule rule, ActionList actions, CancellationToken cancel)
    {
        if (TouchedFindings.CountFixable(snapshot, document, rule.Info.Id, cancel) < 2) return;
        if (rule.Info.Id == WeakTag) actions.AddWhole(ServerCommands.TitleOf(PromptAction.EmphasizeWeakTags), ActionKinds.QuickFix, PromptAction.EmphasizeWeakTags);
        else actions.AddWhole($"Fix all {rule.Info.Name} in this file", ActionKinds.QuickFix, PromptAction.FixAll, rule);
    }

    private static void AddSuppressions(Snapshot snapshot, Document document, Protocol.Diagnostic finding, Rule rule, ActionList actions)
    {
        var offset = document.Lines.Offset(finding.Range.Start);
        using var reading = PartReading.At(snapshot, document, offset);
        var here = SuppressionEdits.Here(reading.Tree, reading.ToTree(offset), rule.Info.Name).Select(edit => edit with { Span = reading.ToDocument(edit.Span) });
        actions.AddEdit($"Suppress {rule.Info.Name} here", ActionKinds.QuickFix, Edit([.. here]), finding);
        actions.AddEdit($"Suppress {rule.Info.Name} in this file", ActionKinds.QuickFix, Edit([SuppressionEdits.InFile(document.Text, rule.Info.Name)]), finding);

        WorkspaceEdit Edit(Analysis.TextEdit[] edits) => WorkspaceEdits.Of(snapshot.Client, document, WorkspaceEdits.Places(document, edits));
    }
}
