namespace Kohaku.Tags;

/// <summary>What an import does with the tags that are there.</summary>
public enum ImportMode
{
    /// <summary>They stay; those that the list has too take its category and count.</summary>
    Merge,

    /// <summary>They go; only the list's are known afterwards.</summary>
    Replace,
}

/// <summary>What an import has done.</summary>
/// <param name="Tags">Number of tags known now.</param>
/// <param name="Added">How many of them were not known before.</param>
/// <param name="IndexPath">The index in use now.</param>
/// <param name="DatabasePath">The database in use now.</param>
public sealed record ImportResult(int Tags, int Added, string IndexPath, string DatabasePath);
