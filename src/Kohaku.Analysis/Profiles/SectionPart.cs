namespace Kohaku.Analysis.Profiles;

/// <summary>What a tag is, as far as its place in the prompt goes.</summary>
public enum SectionPart : byte
{
    /// <summary><c>1girl</c>, <c>2boys</c>, <c>male focus</c>, …</summary>
    PeopleCount,

    /// <summary>A character's name.</summary>
    Character,

    /// <summary>A series, which danbooru calls a copyright.</summary>
    Series,

    /// <summary>An artist's name.</summary>
    Artist,

    /// <summary>A general tag, and everything that no list knows.</summary>
    General,

    /// <summary>A meta tag, such as <c>highres</c>.</summary>
    Meta,

    /// <summary>A quality word of the profile.</summary>
    Quality,

    /// <summary>A rating word of the profile.</summary>
    Rating,

    /// <summary>A date word of the profile.</summary>
    Date,
}

/// <summary>One section of a prompt, in the order that the model was trained with.</summary>
/// <param name="Name">As messages say it: <c>people count</c>, <c>special tags</c>.</param>
/// <param name="Parts">What stands in it; their order inside the section carries no meaning.</param>
public sealed record Section(string Name, IReadOnlyList<SectionPart> Parts);
