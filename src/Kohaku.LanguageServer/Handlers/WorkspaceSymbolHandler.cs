using Kohaku.LanguageServer.Dispatch;
using Kohaku.LanguageServer.Outlining;
using Kohaku.LanguageServer.Protocol;
using Kohaku.LanguageServer.Session;

namespace Kohaku.LanguageServer.Handlers;

/// <summary><c>workspace/symbol</c>: prompts by their first line, best fit first.</summary>
internal sealed class WorkspaceSymbolHandler : ILastingHandler<WorkspaceSymbolParams, SymbolInformation[]>
{
    private const int Most = 256;

    private readonly WorkspacePrompts _prompts = new();

    /// <inheritdoc/>
    public SymbolInformation[] Handle(Snapshot snapshot, WorkspaceSymbolParams request, CancellationToken cancel)
    {
        // Of equal fit the earlier comes first, and only the best are kept: a workspace may hold a million prompts.
        var best = new PriorityQueue<SymbolInformation, (int Score, long Order)>(Most + 1);
        var order = 0L;
        foreach (var prompt in _prompts.Of(snapshot, cancel))
        {
            var score = FuzzyName.Score(request.Query, prompt.Name);
            if (score < 0) continue;

            best.Enqueue(prompt, (score, --order));
            if (best.Count > Most) best.Dequeue();
        }

        var found = new SymbolInformation[best.Count];
        for (var i = found.Length - 1; i >= 0; i--) found[i] = best.Dequeue();
        return found;
    }
}
