namespace Kohaku.Tags;

/// <summary>What is typed, and what is known of the place where it is typed.</summary>
/// <remarks>A boost doubles a tag's weight inside its tier (so all three make eight) and never changes the tier.</remarks>
public readonly ref struct TagQuery
{
    /// <summary>A query for what is typed so far. An empty one asks for the most used tags.</summary>
    public TagQuery(ReadOnlySpan<char> text) => Text = text;

    /// <summary>What is typed: blanks and underscores are equal.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>How many tags are wanted at most.</summary>
    public int Most { get; init; } = 100;

    /// <summary>The category of the section in which the cursor stands: its tags are boosted.</summary>
    public TagCategory? Section { get; init; }

    /// <summary>Whether artists lead each tier: directly after a series or an artist.</summary>
    public bool ArtistsLead { get; init; }

    /// <summary>The tags that stand elsewhere in the prompt: they are marked and sink.</summary>
    public ReadOnlySpan<TagId> Present { get; init; }

    /// <summary>Tags used before: they are boosted.</summary>
    public HashSet<TagId>? Used { get; init; }

    /// <summary>Tags that go with those already there: they are boosted.</summary>
    public HashSet<TagId>? Together { get; init; }
}
