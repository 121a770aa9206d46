namespace Kohaku.Jobs.Models;

/// <summary>What a look at a model's files found.</summary>
/// <param name="Size">How large it is; <see langword="null"/> where it cannot be used.</param>
/// <param name="Findings">What stands in the way, which ends the look, or is odd.</param>
public sealed record ModelReport(ModelSize? Size, IReadOnlyList<ModelFinding> Findings)
{
    /// <summary>Whether images can be made with it, as far as is seen.</summary>
    public bool IsUsable => Size is not null;
}
