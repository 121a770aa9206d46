namespace Kohaku.Tags;

/// <summary>The facts of one tag, as a list or a database gives them.</summary>
/// <param name="Name">The name in danbooru's spelling, with underscores.</param>
/// <param name="Category">What it names.</param>
/// <param name="Posts">How many posts carry it.</param>
/// <param name="Aliases">Other names that mean it.</param>
/// <param name="Flags">What else is known.</param>
public sealed record TagRow(string Name, TagCategory Category, int Posts, IReadOnlyList<string> Aliases, TagFlags Flags = TagFlags.None);
