using Kohaku.Analysis.Linting;
using Kohaku.Analysis.Profiles;
using Kohaku.Tags;

namespace Kohaku.Analysis.Completion;

/// <summary>What is likely to be written at a place, by its neighbours and the order that the model was trained with.</summary>
/// <param name="Category">The category of the section; null where nothing is told.</param>
/// <param name="ArtistsLead">Whether the tag directly before is a series or an artist.</param>
public readonly record struct SectionGuess(TagCategory? Category, bool ArtistsLead)
{
    /// <summary>Guesses the section of a place in one side of a prompt.</summary>
    /// <param name="prompt">The side.</param>
    /// <param name="place">What is being written: a tag there does not count.</param>
    public static SectionGuess Of(PromptView prompt, CompletionPlace place)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(place);
        var (before, after) = (-1, -1);
        var tags = prompt.Tags;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Span.End <= place.Span.Start) before = i;
            else if (tags[i].Span.Start >= place.Span.End && after < 0) after = i;
        }

        var leads = before >= 0 && tags[before].Text is { IsTag: true, Category: TagCategory.Series or TagCategory.Artist };
        if (prompt.IsNegative) return new SectionGuess(TagCategory.General, leads);

        var profile = prompt.Profile;
        var first = before < 0 ? -1 : tags[before].Text.Section;
        var next = after < 0 ? -1 : tags[after].Text.Section;
        if (before >= 0 && first < 0) return new SectionGuess(null, leads);

        // At the start people are counted; between two of a section stands another of it, and artists come several at once.
        var general = profile.SectionOf(SectionPart.General);
        var stays = first >= 0 && (first == next || first == general || first == profile.SectionOf(SectionPart.Artist));
        var section = stays ? first : Math.Min(first + 1, profile.Sections.Count - 1);
        return new SectionGuess(CategoryOf(profile.Sections[section]), leads);
    }

    private static TagCategory CategoryOf(Section section) => section.Parts[0] switch
    {
        SectionPart.Character => TagCategory.Character,
        SectionPart.Series => TagCategory.Series,
        SectionPart.Artist => TagCategory.Artist,
        _ => TagCategory.General,
    };
}
