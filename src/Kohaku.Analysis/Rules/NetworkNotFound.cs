using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a network that is in none of the configured folders.</summary>
/// <remarks>
/// <b>Why</b> A1111 makes the picture without it and says so only in its log.
/// <b>Bad</b> <c>1girl, &lt;lora:[|stlye|]:0.8&gt;</c>
/// <b>Good</b> <c>1girl, &lt;lora:style:0.8&gt;</c>
/// <b>Fix</b> Unsafe: the nearest name. Without configured folders the rule is silent.
/// </remarks>
internal sealed class NetworkNotFound : Rule
{
    /// <summary>Beyond so many nobody reads what is near.</summary>
    private const int MostSearched = 32;

    public override RuleInfo Info { get; } = new("KHK218", "network-not-found", Severity.Warning);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Services.Networks is not { } networks || prompt.Tree.Options.Dialect != Dialect.A1111) return;
        var searched = 0;
        foreach (ref readonly var mark in prompt.Marks)
        {
            if (mark.Kind != MarkKind.Network || !NetworkName.TryRead(prompt, mark.Span, out var span) || networks.TryFind(prompt.Slice(span), out _)) continue;
            var finding = report.Add(this, span, $"there is no network `{prompt.Slice(span)}` in the configured folders");
            if (!report.WantsSuggestions || ++searched > MostSearched || networks.Nearest(prompt.Slice(span).ToString()) is not { } nearest) continue;
            finding.Help($"the nearest is {nearest}").Unsafe($"Write {nearest}", new TextEdit(span, nearest));
        }
    }
}
