namespace Kohaku.Analysis.Profiles;

/// <summary>What kind of special word a tag is.</summary>
public enum SpecialKind : byte
{
    /// <summary>None: an ordinary tag.</summary>
    None,

    /// <summary>Says how many people there are; the index is into <see cref="Profile.PeopleCounts"/>.</summary>
    PeopleCount,

    /// <summary>A quality word; the index is into <see cref="Profile.Qualities"/>.</summary>
    Quality,

    /// <summary>A rating word; the index is into <see cref="Profile.Ratings"/>.</summary>
    Rating,

    /// <summary>A date word; the index is into <see cref="Profile.Dates"/>.</summary>
    Date,
}

/// <summary>Which end of the scale a quality word stands at.</summary>
public enum QualityEnd : byte
{
    /// <summary>Neither: it goes with both.</summary>
    Middle,

    /// <summary>Asks for good pictures.</summary>
    Good,

    /// <summary>Asks for bad ones.</summary>
    Bad,
}

/// <summary>A quality word.</summary>
/// <param name="Word">As it was trained.</param>
/// <param name="Percentile">The percentile of the favourite count, within each rating, from which the word was given; 0 for the lowest.</param>
/// <param name="End">Words of opposite ends contradict each other.</param>
public sealed record QualityWord(string Word, int Percentile, QualityEnd End);

/// <summary>A rating word.</summary>
/// <param name="Word">As it was trained.</param>
/// <param name="Danbooru">The danbooru rating that it stands for.</param>
/// <param name="Sexual">Whether the rating is a sexual one.</param>
/// <param name="GoesWith">The rating word that stands beside it in training (<c>nsfw</c> beside <c>explicit</c>), or null.</param>
public sealed record RatingWord(string Word, string Danbooru, bool Sexual, string? GoesWith);

/// <summary>A date word.</summary>
/// <param name="Word">As it was trained.</param>
/// <param name="First">The first year of upload that it stands for.</param>
/// <param name="Last">The last one.</param>
public sealed record DateWord(string Word, int First, int Last);

/// <summary>A tag that says how many people there are.</summary>
/// <param name="Word">As it was trained.</param>
/// <param name="Group">Whom it counts: <c>girl</c>, <c>boy</c>, <c>other</c>; null where it counts nobody (<c>male focus</c>).</param>
/// <param name="Minimum">The fewest that it allows.</param>
/// <param name="Maximum">The most, <see cref="int.MaxValue"/> where it sets none.</param>
public sealed record PeopleCountWord(string Word, string? Group, int Minimum, int Maximum);

/// <summary>What a word that only looks special should have been.</summary>
/// <param name="Kind">Which of the special words it was meant to be.</param>
/// <param name="Replacement">The profile's word or words, or null where none is near.</param>
/// <param name="IsCertain">Whether the replacement means the same, so that a fix is safe.</param>
public readonly record struct Synonym(SpecialKind Kind, string? Replacement, bool IsCertain);
