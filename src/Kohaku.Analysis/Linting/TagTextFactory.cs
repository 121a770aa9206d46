using Kohaku.Analysis.Profiles;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Looks a written tag up in tag lists and profile.</summary>
internal static class TagTextFactory
{
    public static TagText Create(ReadOnlySpan<char> written, TagLookup lookup, Profile profile)
    {
        var source = written.ToString();
        var text = Unescape(source);
        var isReference = IsWildcard(text) || text.StartsWith("embedding:", StringComparison.OrdinalIgnoreCase);
        if (isReference)
            return new TagText { Written = source, Text = text, Canonical = text, IsReference = true, Identity = FoldedHash(text) };

        var special = profile.Classify(text, out var specialIndex);
        var isTag = lookup.TryFind(text, out var match);
        if (!isTag && text.Length < source.Length && lookup.TryFind(source, out match))
        {
            // `\(^o^)/`: the backslash belongs to the name.
            isTag = true;
            text = source;
        }

        var entry = isTag ? lookup[match.Tag] : default;
        var synonym = default(Synonym);
        if (special == SpecialKind.None) profile.TryGetSynonym(text, out synonym);
        return new TagText
        {
            Written = source,
            Text = text,
            IsTag = isTag,
            IsAlias = isTag && match.IsAlias,
            Id = match.Tag,
            Posts = isTag ? entry.Posts : 0,
            Category = isTag ? entry.Category : TagCategory.General,
            Flags = isTag ? entry.Flags : TagFlags.None,
            Canonical = isTag ? entry.Text : text,
            Special = special,
            SpecialIndex = specialIndex,
            Synonym = synonym,
            Section = Section(special, isTag, entry, profile),
            HasBareBracket = HasBareBracket(source),
            IsName = isTag || SeriesName.Is(text, lookup),
            HasSingleBracket = text.AsSpan().Count('(') != text.AsSpan().Count(')') || text.AsSpan().Count('[') != text.AsSpan().Count(']'),
            HasLoneBackslash = HasLoneBackslash(source),
            HasStrayUnderscore = text.Contains('_') && !profile.KeepsUnderscore(text),
            Identity = special != SpecialKind.None || !isTag ? FoldedHash(text) : match.Tag.Value,
        };
    }

    private static int Section(SpecialKind special, bool isTag, TagEntry entry, Profile profile)
    {
        if (special != SpecialKind.None) return profile.SectionOf(special);
        if (!isTag) return -1;
        return profile.SectionOf(entry.Category switch
        {
            TagCategory.Artist => SectionPart.Artist,
            TagCategory.Series => SectionPart.Series,
            TagCategory.Character => SectionPart.Character,
            TagCategory.Meta => SectionPart.Meta,
            _ => SectionPart.General,
        });
    }

    /// <summary>Takes the backslashes away that escape something in A1111: brackets, a backslash, or the bar of prompt editing.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\')) return text;
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '(' or ')' or '[' or ']' or '\\' or '|') i++;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static bool HasBareBracket(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] is '(' or ')' or '[' or ']') return true;
        }

        return false;
    }

    /// <summary>A backslash before <c>|</c> is none: it keeps prompt editing switched on (KHK220).</summary>
    private static bool HasLoneBackslash(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\') continue;
            if (i + 1 >= text.Length || text[i + 1] is not ('(' or ')' or '[' or ']' or '\\' or '|')) return true;
            i++;
        }

        return false;
    }

    private static bool IsWildcard(string text) =>
        text.Length > 4 && text.StartsWith("__", StringComparison.Ordinal) && text.EndsWith("__", StringComparison.Ordinal);

    /// <summary>Above all tag ids, and the same for texts that differ in case, blanks and underscores only.</summary>
    private static long FoldedHash(string text)
    {
        var hash = 14695981039346656037UL;
        var blank = false;
        foreach (var c in text)
        {
            if (c == '_' || char.IsWhiteSpace(c))
            {
                blank = true;
                continue;
            }

            if (blank) hash = (hash ^ ' ') * 1099511628211UL;
            blank = false;
            hash = (hash ^ char.ToLowerInvariant(c)) * 1099511628211UL;
        }

        return (long)(hash | 1UL << 62);
    }
}
