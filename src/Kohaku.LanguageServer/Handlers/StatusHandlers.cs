using Kohaku.Analysis;
using Kohaku.Analysis.Documentation;
using Kohaku.LanguageServer.Counting;
using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>kohaku/promptStatus</c>: what a status bar says of the prompt at the cursor.</summary>
internal sealed class PromptStatusHandler : IBackgroundHandler<TextDocumentPositionParams, PromptStatus>
{
    /// <inheritdoc/>
    public PromptStatus? Handle(Snapshot snapshot, TextDocumentPositionParams request, CancellationToken cancel)
    {
        var document = snapshot.Document(request.TextDocument);
        var offset = document.Lines.Offset(request.Position);
        DocumentPrompt? here = null;
        var prompts = 0;
        foreach (var prompt in DocumentPrompts.Of(snapshot, document, cancel))
        {
            prompts++;
            if (here is null || prompt.Span.Start <= offset) here = prompt;
        }

        if (here is not { } found) return null;

        var tokens = found.Counted.Positive.Longest;
        var title = snapshot.Setup.SettingsFor(document.Path).Profile.Title;
        return new PromptStatus
        {
            Profile = title[(title.LastIndexOf(' ') + 1)..],
            Tokens = tokens.Count,
            Capacity = tokens.Capacity,
            Chunks = tokens.Chunks.Count,
            NegativeTokens = found.Counted.Negative?.Longest.Count,
            Prompt = found.Index,
            Prompts = prompts,
            Findings = found.Findings,
            Severity = found.Severity,
        };
    }
}

/// <summary><c>kohaku/serverStatus</c>.</summary>
internal sealed class ServerStatusHandler(string version) : IBackgroundHandler<EmptyParams, ServerStatus>
{
    /// <inheritdoc/>
    public ServerStatus Handle(Snapshot snapshot, EmptyParams request, CancellationToken cancel) => StatusReader.Of(snapshot, version);
}

/// <summary><c>kohaku/explainRule</c>: a rule's page, by id or name in any case; null for no rule.</summary>
internal sealed class ExplainRuleHandler : IBackgroundHandler<ExplainRuleParams, RuleExplanation>
{
    /// <inheritdoc/>
    public RuleExplanation? Handle(Snapshot snapshot, ExplainRuleParams request, CancellationToken cancel)
    {
        if (RuleDocs.Find(request.Rule.AsSpan().Trim()) is not { } doc) return null;

        return new RuleExplanation(doc.Id, doc.Name, doc.Severity == Severity.None ? "none" : RulePage.Word(doc.Severity), RulePage.Of(doc));
    }
}
