namespace Kohaku.LanguageServer.Protocol;

/// <summary><c>kohaku/searchTags</c>.</summary>
/// <param name="Query">What is typed; empty for the most used tags.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Category">Only tags of this category: <c>general</c>, <c>artist</c>, <c>series</c>, <c>character</c>, <c>meta</c>.</param>
internal sealed record SearchTagsParams(string Query, int Limit = 50, string? Category = null);

/// <summary>The tags found, best first.</summary>
internal sealed record SearchTagsResult(FoundTag[] Items);

/// <summary>A tag that a search found.</summary>
/// <param name="Name">Danbooru's name.</param>
/// <param name="Label">As the model reads it.</param>
/// <param name="Category">Its category.</param>
/// <param name="Posts">How many posts carry it.</param>
/// <param name="Match"><c>exact</c>, <c>prefix</c>, <c>words</c>, <c>initials</c>, <c>typo</c>, <c>subsequence</c>, <c>typo2</c>.</param>
internal sealed record FoundTag(string Name, string Label, string Category, int Posts, string Match)
{
    /// <summary>The alias or translation that matched in the name's place.</summary>
    public string? Alias { get; init; }
}

/// <summary><c>kohaku/tagInfo</c>.</summary>
/// <param name="Tag">A tag or an alias, in any spelling.</param>
internal sealed record TagInfoParams(string Tag);

/// <summary>All that is known of a tag.</summary>
internal sealed record TagInfo
{
    public required string Name { get; init; }

    public required string Label { get; init; }

    public required string Category { get; init; }

    public required int Posts { get; init; }

    /// <summary><c>strong</c>, <c>weak</c> or <c>rare</c>.</summary>
    public required string Popularity { get; init; }

    public required string[] Aliases { get; init; }

    public required string[] Implies { get; init; }

    public required string[] ImpliedBy { get; init; }

    public required string Section { get; init; }

    public required string Wiki { get; init; }

    public required string Markdown { get; init; }
}

/// <summary><c>kohaku/insertTag</c>.</summary>
/// <param name="TextDocument">The document and its version.</param>
/// <param name="Position">Where the cursor stands.</param>
/// <param name="Tag">A tag in any spelling.</param>
internal sealed record InsertTagParams(VersionedTextDocumentIdentifier TextDocument, Position Position, string Tag);

/// <summary>A change, and where the cursors stand after it.</summary>
internal sealed record InsertTagResult(int? Version, TextEdit[] Edits, Range[] Selections);

/// <summary>The answer to <c>kohaku/clearUsage</c>.</summary>
/// <param name="Cleared">Whether nothing is counted any longer.</param>
/// <param name="Message">What prevented it.</param>
internal sealed record ClearUsageResult(bool Cleared, string? Message = null);
