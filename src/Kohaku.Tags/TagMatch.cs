namespace Kohaku.Tags;

/// <summary>What an exact lookup found.</summary>
/// <param name="Tag">The tag meant.</param>
/// <param name="IsAlias">Whether the text is another name of the tag, not its own.</param>
public readonly record struct TagMatch(TagId Tag, bool IsAlias);
