using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a rating that the model was not trained with.</summary>
/// <remarks>
/// <b>Why</b> The model knows its own rating words alone (Delta: safe, sensitive, nsfw, and explicit beside nsfw).
/// <b>Bad</b> <c>1girl, [|rating:general|]</c>
/// <b>Good</b> <c>1girl, safe</c>
/// <b>Fix</b> Safe where the model has a word that means the same, unsafe where it is a guess.
/// </remarks>
internal sealed class UnknownRating : SpecialWordRule
{
    public override RuleInfo Info { get; } = new("KHK007", "unknown-rating", Severity.Warning);

    protected override TagTraits Trait => TagTraits.UnknownRating;

    protected override string Kind => "rating";
}
