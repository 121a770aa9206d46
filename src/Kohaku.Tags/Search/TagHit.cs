namespace Kohaku.Tags;

/// <summary>A tag that a query found.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Match">How the query matched.</param>
/// <param name="Spelling">Which of its spellings matched; <see cref="TagLookup.MatchedText"/> gives it.</param>
/// <param name="IsPresent">Whether the prompt holds the tag already; such tags stand behind all others.</param>
public readonly record struct TagHit(TagId Tag, MatchKind Match, TagSpelling Spelling, bool IsPresent)
{
    /// <summary>The key that matched, in the index that holds it.</summary>
    internal int Key { get; init; }
}
