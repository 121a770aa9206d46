using Kohaku.Jobs;

namespace Kohaku.Generation.Models;

/// <summary>A model, an adapter or a device cannot be used: says which file, where in it, and what to do.</summary>
/// <param name="message">The fact.</param>
/// <param name="help">The action, or <see langword="null"/>.</param>
/// <param name="inner">What failed underneath.</param>
public sealed class ModelException(string message, string? help = null, Exception? inner = null) : GenerationException(message, help, inner);
