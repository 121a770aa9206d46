namespace Kohaku.Tags;

/// <summary>Which of a tag's spellings a query matched.</summary>
public enum TagSpelling : byte
{
    /// <summary>Its name.</summary>
    Name,

    /// <summary>Another name that means it.</summary>
    Alias,

    /// <summary>What it is called in another language.</summary>
    Translation,
}
