namespace Kohaku.Tags;

/// <summary>How a query matched a tag: the tiers of completion, best first.</summary>
public enum MatchKind : byte
{
    /// <summary>The whole name, alias or translation.</summary>
    Exact,

    /// <summary>The beginning: <c>hatsu</c> finds <c>hatsune miku</c>.</summary>
    Prefix,

    /// <summary>The beginnings of words in any order: <c>eyes blue</c> finds <c>blue eyes</c>.</summary>
    Words,

    /// <summary>The words' first letters: <c>lh</c> finds <c>long hair</c>.</summary>
    Initials,

    /// <summary>One edit away, a swap of neighbours counting as one: <c>logn hair</c> finds <c>long hair</c>.</summary>
    Typo,

    /// <summary>Letters left out, from the first letter on: <c>detco</c> finds <c>detached collar</c>.</summary>
    Subsequence,

    /// <summary>Two edits away.</summary>
    TwoTypos,

    /// <summary>One edit away from the beginning: <c>hastune</c> finds <c>hatsune miku</c>.</summary>
    PrefixTypo,
}

/// <summary>The match kinds' words.</summary>
public static class MatchKinds
{
    /// <summary>How a match is named in tables: <c>exact</c>, <c>prefix</c>, <c>words</c>, <c>initials</c>, <c>typo</c>, <c>letters</c>, <c>two typos</c>.</summary>
    public static string Word(this MatchKind kind) => kind switch
    {
        MatchKind.Exact => "exact",
        MatchKind.Prefix => "prefix",
        MatchKind.Words => "words",
        MatchKind.Initials => "initials",
        MatchKind.Typo or MatchKind.PrefixTypo => "typo",
        MatchKind.Subsequence => "letters",
        MatchKind.TwoTypos => "two typos",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such match"),
    };
}
