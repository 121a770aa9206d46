namespace Kohaku.Analysis.Linting;

/// <summary>
/// What rules may have to say of a tag, decided once for each text: a rule looks at a prompt's tags only where the prompt's traits hold its own.
/// </summary>
/// <remarks>One cause has one trait: a year that is a tag too is an unknown date and nothing else.</remarks>
[Flags]
public enum TagTraits
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>Holds a <c>_</c> that training replaced.</summary>
    StrayUnderscore = 1,

    /// <summary>In no list.</summary>
    Unknown = 1 << 1,

    /// <summary>Another tag's alias.</summary>
    Alias = 1 << 2,

    /// <summary>Works with emphasis only.</summary>
    Weak = 1 << 3,

    /// <summary>Likely not learned.</summary>
    Rare = 1 << 4,

    /// <summary>A quality word that the profile lacks.</summary>
    UnknownQuality = 1 << 5,

    /// <summary>A rating word that the profile lacks.</summary>
    UnknownRating = 1 << 6,

    /// <summary>A date that the profile lacks.</summary>
    UnknownDate = 1 << 7,

    /// <summary>Dropped in training.</summary>
    Untrained = 1 << 8,

    /// <summary>Deprecated upstream after training.</summary>
    Deprecated = 1 << 9,

    /// <summary>Implies other tags.</summary>
    Implies = 1 << 10,

    /// <summary>One of the profile's quality, rating or date words.</summary>
    Special = 1 << 11,

    /// <summary>Says how many people there are.</summary>
    PeopleCount = 1 << 12,

    /// <summary>Marks a subject as a minor.</summary>
    Minor = 1 << 13,

    /// <summary>A sexual rating or act.</summary>
    Sexual = 1 << 14,
}
