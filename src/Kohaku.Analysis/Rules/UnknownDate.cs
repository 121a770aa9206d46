using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a date that the model was not trained with.</summary>
/// <remarks>
/// <b>Why</b> The model was trained with a few words for the year of upload (Delta: old, early, mid, recent, newest), not with years.
/// <b>Bad</b> <c>1girl, [|year 2019|]</c>
/// <b>Good</b> <c>1girl, recent</c>
/// <b>Fix</b> Safe where the word holds the year, unsafe where it is the nearest one only.
/// </remarks>
internal sealed class UnknownDate : SpecialWordRule
{
    public override RuleInfo Info { get; } = new("KHK008", "unknown-date", Severity.Warning);

    protected override TagTraits Trait => TagTraits.UnknownDate;

    protected override string Kind => "date";
}
