namespace Kohaku.Generation.Checkpoints;

/// <summary>What is odd about a checkpoint that can be used.</summary>
/// <param name="Message">The fact.</param>
/// <param name="Help">The action.</param>
public sealed record CheckpointWarning(string Message, string Help);
