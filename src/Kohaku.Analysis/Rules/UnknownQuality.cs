using Kohaku.Analysis.Linting;

namespace Kohaku.Analysis.Rules;

/// <summary>Flags a quality word that the model was not trained with.</summary>
/// <remarks>
/// <b>Why</b> The model knows its own quality words alone (Delta: masterpiece, best quality, great quality, good quality, normal quality, low
/// quality, worst quality); those of other models are mere words to it.
/// <b>Bad</b> <c>1girl, [|high quality|]</c>
/// <b>Good</b> <c>1girl, great quality</c>
/// <b>Fix</b> Safe where the model has a word that means the same, unsafe where it is a guess.
/// </remarks>
internal sealed class UnknownQuality : SpecialWordRule
{
    public override RuleInfo Info { get; } = new("KHK006", "unknown-quality", Severity.Warning);

    protected override TagTraits Trait => TagTraits.UnknownQuality;

    protected override string Kind => "quality word";
}
