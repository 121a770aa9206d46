using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Text;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Decides what rules may have to say of a text: one trait for one cause.</summary>
internal static class TraitReader
{
    /// <summary>A wildcard's or embedding's name is no tag, but it may say what is safe to nobody.</summary>
    public static TagTraits OfReference(string text) => Content(text, isName: false);

    public static TagTraits Of(TagText text, TagEntry entry, TagLookup lookup, Settings settings)
    {
        var profile = settings.Profile;
        var traits = OfContent(text, profile);
        switch (text.Special)
        {
            case SpecialKind.PeopleCount:
                return traits | TagTraits.PeopleCount | OfSpelling(text, profile);
            case SpecialKind.Quality or SpecialKind.Rating or SpecialKind.Date:
                return traits | TagTraits.Special;
            default:
                break;
        }

        switch (text.Synonym.Kind)
        {
            case SpecialKind.Quality:
                return traits | TagTraits.UnknownQuality;
            case SpecialKind.Rating:
                return traits | TagTraits.UnknownRating;
            case SpecialKind.Date:
                return traits | TagTraits.UnknownDate;
            default:
                break;
        }

        if (text.IsPlainWord) return traits;

        traits |= OfSpelling(text, profile);
        if (!text.IsTag) return IsSpokenOf(text, lookup, settings) ? traits | TagTraits.Unknown : traits;
        if (text.Implied.Count > 0) traits |= TagTraits.Implies;
        return traits | OfUse(text, entry, settings);
    }

    private static bool IsSpokenOf(TagText text, TagLookup lookup, Settings settings) =>
        settings.Sentences == SentencePolicy.Report || UnknownTagPolicy.ShouldReport(text.Text, lookup);

    private static TagTraits OfSpelling(TagText text, Profile profile)
    {
        var traits = TagTraits.None;
        if (text.Text.Contains('_') && !profile.KeepsUnderscore(text.Text) && IsStray(text)) traits |= TagTraits.StrayUnderscore;

        // An alias of a word that the profile reads otherwise would change what is asked for: `old` is a date.
        if (text.IsAlias && profile.Classify(text.Canonical, out _) is SpecialKind.None or SpecialKind.PeopleCount) traits |= TagTraits.Alias;
        return traits;
    }

    /// <summary>Among blanks (<c>EasyNegative bad_prompt</c>, <c>a woman in frd_dress</c>) the underscore is part of a name.</summary>
    private static bool IsStray(TagText text) =>
        text.IsTag || (!text.Text.Contains(' ') && !ReferenceName.LooksLikeOne(text.Text.AsSpan(0, NameLength(text.Text))) && text.Text.AsSpan().Trim('_').Length > 0);

    /// <summary>Without the <c>:1</c> of a weight whose brackets were forgotten.</summary>
    private static int NameLength(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && text.AsSpan(colon + 1).TrimStart("0123456789. ").IsEmpty ? colon : text.Length;
    }

    private static TagTraits OfUse(TagText text, TagEntry entry, Settings settings)
    {
        var traits = (text.Flags & (TagFlags.RemovedLater | TagFlags.Deprecated)) != 0 ? TagTraits.Deprecated : TagTraits.None;
        var isUntrained = text.Flags.HasFlag(TagFlags.Untrained)
            || (text.Category is TagCategory.Meta or TagCategory.Artist && settings.Profile.IsUntrained(entry.Name, TagTextFactory.PartOf(text.Category)));
        if (isUntrained) return traits | TagTraits.Untrained;

        // The user's own lists may name tags without counting them.
        if (text.Flags.HasFlag(TagFlags.Allowed) || (text.Flags.HasFlag(TagFlags.Extra) && text.Posts == 0)) return traits;
        if (text.Posts >= settings.Thresholds.Strong) return traits;
        return traits | (text.Posts >= settings.Thresholds.Weak ? TagTraits.Weak : TagTraits.Rare);
    }

    private static TagTraits OfContent(TagText text, Profile profile)
    {
        if (text.Special == SpecialKind.Rating) return profile.Ratings[text.SpecialIndex].Sexual ? TagTraits.Sexual : TagTraits.None;
        if (text.Special != SpecialKind.None) return TagTraits.None;
        if (text.Synonym.Kind == SpecialKind.Rating && IsSexual(text.Synonym.Replacement, profile)) return TagTraits.Sexual;

        // `kid icarus` and `dick grayson` are names.
        if (text is { IsTag: true, Category: TagCategory.Series or TagCategory.Artist }) return TagTraits.None;
        var isName = text is { IsTag: true, Category: TagCategory.Character };
        var traits = Content(text.Text, isName);
        return text.IsAlias ? traits | Content(text.Canonical, isName) : traits;
    }

    private static bool IsSexual(string? replacement, Profile profile)
    {
        if (replacement is null) return false;
        for (var i = 0; i < profile.Ratings.Count; i++)
            if (profile.Ratings[i].Sexual && replacement.Contains(profile.Ratings[i].Word, StringComparison.Ordinal)) return true;
        return false;
    }

    private static TagTraits Content(string text, bool isName)
    {
        var found = ContentWords.Read(text, isName);
        return (found.Minor ? TagTraits.Minor : 0) | (found.Sexual ? TagTraits.Sexual : 0);
    }
}
