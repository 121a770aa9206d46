namespace Kohaku.Analysis.Profiles;

/// <summary>All that a profile's JSON says; the compiler turns it into the form that <see cref="Profile"/> reads.</summary>
internal sealed record ProfileData(
    string Id,
    string Title,
    IReadOnlyList<Section> Sections,
    IReadOnlyList<PeopleCountWord> PeopleCounts,
    IReadOnlyList<QualityWord> Qualities,
    IReadOnlyList<RatingWord> Ratings,
    IReadOnlyList<DateWord> Dates,
    IReadOnlyList<ProfileSynonym> Synonyms,
    IReadOnlyList<string> YearForms,
    Thresholds Thresholds,
    EmphasisRange Emphasis,
    Resolution Resolution,
    GenerationDefaults Generation,
    UntrainedWords Untrained,
    int KeepUnderscoreUpTo);

/// <summary>One line of a profile's synonym tables.</summary>
internal readonly record struct ProfileSynonym(SpecialKind Kind, string Word, string Replacement, bool IsCertain);
