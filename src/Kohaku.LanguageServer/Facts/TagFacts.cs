using System.Globalization;
using System.Text;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.LanguageServer.Hovering;
using Kohaku.Tags;

namespace Kohaku.LanguageServer.Facts;

/// <summary>What is known of a tag, in words for people.</summary>
internal static class TagFacts
{
    private const int MostNames = 12;

    /// <summary>The facts of a tag as Markdown.</summary>
    public static string Markdown(TagLookup lookup, TagId id, Settings settings)
    {
        var tag = lookup[id];
        var text = new StringBuilder();
        text.Append("**").Append(Markup.Escape(tag.Text)).Append("** · ").Append(tag.Category.Word()).Append(" · ").Append(Number(tag.Posts)).Append(" posts\n");
        text.Append("\nsection ").Append(SectionName(tag.Category, tag.Text, settings.Profile)).Append(" · ").Append(PopularityText(tag, settings)).Append('\n');
        Names(text, "Translations", tag.Translations);
        Names(text, "Aliases", tag.Aliases.Select(TagDisplay.Of));
        Names(text, "Implies", lookup.Implications(id, transitive: true).Select(other => lookup[other].Text));
        return text.Append("\n[Wiki](").Append(Wiki(tag)).Append(")\n").ToString();
    }

    /// <summary>The facts of one of the model's special words as Markdown.</summary>
    public static string Markdown(Profile profile, SpecialKind kind, int index) =>
        $"**{Markup.Escape(profile.WordOf(kind, index))}** · {profile.Sections[profile.SectionOf(kind)].Name}\n\n{Meaning(profile, kind, index)}, to {profile.Title}\n";

    /// <summary>What a special word is and means, on one line: <c>quality, percentile 95–100 of …</c>.</summary>
    public static string Meaning(Profile profile, SpecialKind kind, int index) => $"{SpecialMeaning.Kind(kind)}, {SpecialMeaning.Of(profile, kind, index)}";

    /// <summary><c>strong</c>, <c>weak</c> or <c>rare</c>.</summary>
    public static string Popularity(TagEntry tag, Settings settings)
    {
        if (IsUntrained(tag, settings.Profile)) return "rare";
        return tag.Posts >= settings.Thresholds.Strong ? "strong" : tag.Posts >= settings.Thresholds.Weak ? "weak" : "rare";
    }

    /// <summary>The section that a tag belongs to.</summary>
    public static string SectionName(TagCategory category, string text, Profile profile)
    {
        var kind = profile.Classify(text, out _);
        return profile.Sections[kind != SpecialKind.None ? profile.SectionOf(kind) : profile.SectionOf(PartOf(category))].Name;
    }

    /// <summary>The page that tells more.</summary>
    public static string Wiki(TagEntry tag) => WikiPage.Of(tag.Name);

    private static string PopularityText(TagEntry tag, Settings settings)
    {
        if (IsUntrained(tag, settings.Profile)) return "unlikely to work: dropped in training whatever its count";

        var later = tag.Flags.HasFlag(TagFlags.RemovedLater) ? "; renamed or deprecated after the model was trained" : "";
        return Popularity(tag, settings) switch
        {
            "strong" => "works" + later,
            "weak" => $"may work with emphasis: fewer than {Number(settings.Thresholds.Strong)} posts{later}",
            _ => $"unlikely to work: fewer than {Number(settings.Thresholds.Weak)} posts{later}",
        };
    }

    private static bool IsUntrained(TagEntry tag, Profile profile) =>
        tag.Flags.HasFlag(TagFlags.Untrained) || (tag.Category is TagCategory.Meta or TagCategory.Artist && profile.IsUntrained(tag.Name, PartOf(tag.Category)));

    private static SectionPart PartOf(TagCategory category) => category switch
    {
        TagCategory.Artist => SectionPart.Artist,
        TagCategory.Series => SectionPart.Series,
        TagCategory.Character => SectionPart.Character,
        TagCategory.Meta => SectionPart.Meta,
        _ => SectionPart.General,
    };

    private static void Names(StringBuilder text, string label, IEnumerable<string> names)
    {
        var count = 0;
        foreach (var name in names)
        {
            if (count == MostNames)
            {
                text.Append(", …");
                break;
            }

            text.Append(count++ == 0 ? $"\n{label}: " : ", ").Append(Markup.Escape(name));
        }

        if (count > 0) text.Append('\n');
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
