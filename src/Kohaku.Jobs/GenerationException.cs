namespace Kohaku.Jobs;

/// <summary>A request cannot be done: a value, a model, an adapter or a device stands in the way.</summary>
/// <param name="message">The place and the fact, in one line.</param>
/// <param name="help">What to do about it, or <see langword="null"/>.</param>
/// <param name="inner">What failed underneath.</param>
public class GenerationException(string message, string? help = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What to do about it.</summary>
    public string? Help { get; } = help;
}
