using Kohaku.Analysis.Linting;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags weights under an emphasis mode that the model does not bear.</summary>
/// <remarks>
/// <b>Why</b> In the mode <c>Original</c> A1111 brings weighted embeddings back to their old mean, which gives NaN with this model: it needs <c>No norm</c>. A parameter line with <c>Version</c> and without <c>Emphasis</c> means <c>Original</c>.
/// <b>Bad</b> <c>(1girl:1.2)⏎Steps: 20, Seed: 1, Emphasis: [|Original|]</c>
/// <b>Good</b> <c>(1girl:1.2)⏎Steps: 20, Seed: 1, Emphasis: No norm</c>
/// <b>Fix</b> None: how the picture was made is a fact.
/// </remarks>
internal sealed class EmphasisMode : Rule
{
    public override RuleInfo Info { get; } = new("KHK307", "emphasis-mode", Severity.Hint);

    public override void Check(PromptView prompt, Report report)
    {
        if (prompt.Parameters.IsEmpty || prompt.Tree.Options.Dialect != Dialect.A1111) return;
        var wanted = prompt.Profile.Emphasis.Mode;
        var isNamed = prompt.TryParameter("Emphasis", out var mode);
        if (isNamed ? prompt.Slice(mode.Value).Trim().Equals(wanted, StringComparison.OrdinalIgnoreCase) : !prompt.TryParameter("Version", out mode)) return;
        if (!HasWeights(prompt) && (prompt.Other is not { } negative || !HasWeights(negative))) return;
        var finding = isNamed
            ? report.Add(this, mode.Value, $"the emphasis mode `{prompt.Slice(mode.Value)}` is not what the model needs for weights")
            : report.Add(this, TextSpan.FromBounds(mode.Key.Start, mode.Value.End), "without `Emphasis` this version means the mode `Original`, which is not what the model needs for weights");
        finding.Help($"set the emphasis mode to {wanted}");
    }

    private static bool HasWeights(PromptView prompt)
    {
        foreach (ref readonly var tag in prompt.Tags)
            if (tag.Weight != 1) return true;
        return false;
    }
}
