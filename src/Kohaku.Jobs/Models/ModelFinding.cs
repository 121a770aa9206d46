namespace Kohaku.Jobs.Models;

/// <summary>What a look at a model's files finds before anything of it is loaded.</summary>
/// <param name="Message">The fact, in one line.</param>
/// <param name="Help">What to do about it, or <see langword="null"/>.</param>
public sealed record ModelFinding(string Message, string? Help)
{
    /// <summary>Whether it is about the VAE that takes the place of the model's own.</summary>
    public bool IsOfVae { get; init; }

    /// <summary>Whether no image can be made with it; else it is only odd.</summary>
    public bool IsError { get; init; }
}
