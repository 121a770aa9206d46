namespace Kohaku.Tags;

/// <summary>A tag's number in the <see cref="TagLookup"/> it came from: most used first, the user's own tags behind all others.</summary>
/// <param name="Value">The number, from 0.</param>
public readonly record struct TagId(int Value);
