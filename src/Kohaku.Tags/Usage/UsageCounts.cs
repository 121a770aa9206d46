namespace Kohaku.Tags;

/// <summary>A tag that somebody used.</summary>
/// <param name="Tag">Danbooru's name.</param>
/// <param name="Beside">The names of the tags that stood in the prompt with it.</param>
public sealed record UsedTag(string Tag, IReadOnlyList<string> Beside);

/// <summary>How often two tags were used together; the names in ordinal order.</summary>
/// <param name="First">The lesser name.</param>
/// <param name="Second">The greater name.</param>
/// <param name="Count">How often.</param>
public sealed record UsedPair(string First, string Second, int Count);

/// <summary>What was used so far.</summary>
/// <param name="Tags">The tags used in one workspace.</param>
/// <param name="Pairs">Tags used together, in any workspace, the most frequent first.</param>
public sealed record UsageCounts(IReadOnlyList<string> Tags, IReadOnlyList<UsedPair> Pairs)
{
    /// <summary>Nothing was used.</summary>
    public static UsageCounts None { get; } = new([], []);
}
