using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a suppression comment that suppresses nothing.</summary>
/// <remarks>
/// <b>Why</b> A comment that silences a rule which no longer fires hides the next real finding.
/// <b>Bad</b> <c>1girl, smile # kohaku: disable=[|weak-tag|]</c>
/// <b>Good</b> <c>1girl, smile</c>
/// <b>Fix</b> Safe: removes the rule from the comment, or the comment.
/// </remarks>
internal sealed class UnusedSuppression : Rule
{
    public override RuleInfo Info { get; } = new("KHK000", "unused-suppression", Severity.Hint);

    public override bool InNegative => true;

    /// <summary>Found where suppressions are applied, once all other rules have run: <see cref="Suppressions"/>.</summary>
    public override void Check(PromptView prompt, Report report)
    {
    }
}
