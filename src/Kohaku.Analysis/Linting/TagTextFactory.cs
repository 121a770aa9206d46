using System.Buffers;
using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Profiles;
using Kohaku.Analysis.Text;
using Kohaku.Tags;

namespace Kohaku.Analysis.Linting;

/// <summary>Looks a written tag up in tag lists and profile.</summary>
internal static class TagTextFactory
{
    private const int LongestWord = 32;

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static TagText Create(ReadOnlySpan<char> written, TagLookup lookup, Settings settings)
    {
        var source = written.ToString();
        var text = Unescape(source);
        if (IsReference(text)) return Reference(source, text);
        var profile = settings.Profile;
        var special = profile.Classify(text, out var specialIndex);
        var isTag = lookup.TryFind(text, out var match);
        if (!isTag && text.Length < source.Length && lookup.TryFind(source, out match))
        {
            // `\(^o^)/`: the backslash belongs to the name.
            isTag = true;
            text = source;
        }

        var entry = isTag ? lookup[match.Tag] : default;
        var canonical = isTag ? entry.Text : text;

        // `1girls`, `multiple_girls`: counts in another spelling are tags of their own section all the same.
        // `man`, an alias of `male focus`, is none: it is a word for what is in the picture.
        if (special == SpecialKind.None && isTag && profile.Classify(canonical, out var index) == SpecialKind.PeopleCount && !IsWord(text))
            (special, specialIndex) = (SpecialKind.PeopleCount, index);
        var synonym = default(Synonym);
        if (special == SpecialKind.None) profile.TryGetSynonym(text, out synonym);
        if (!isTag && special == SpecialKind.None && synonym.Kind == SpecialKind.None && ReferenceName.LooksLikeOne(text)) return Reference(source, text);
        var isPlainWord = isTag && special == SpecialKind.None && synonym.Kind == SpecialKind.None && IsPlainWord(text, match.IsAlias, entry, settings);
        var made = new TagText
        {
            Written = source,
            Text = text,
            IsTag = isTag,
            IsAlias = isTag && match.IsAlias,
            Id = match.Tag,
            Posts = isTag ? entry.Posts : 0,
            Category = isTag ? entry.Category : TagCategory.General,
            Flags = isTag ? entry.Flags : TagFlags.None,
            Canonical = canonical,
            Special = special,
            SpecialIndex = specialIndex,
            Synonym = synonym,
            IsPlainWord = isPlainWord,
            HasBareBracket = HasBareBracket(source),
            IsName = isTag || SeriesName.Is(text, lookup),
            HasSingleBracket = text.AsSpan().Count('(') != text.AsSpan().Count(')') || text.AsSpan().Count('[') != text.AsSpan().Count(']'),
            HasLoneBackslash = HasLoneBackslash(source),
            Section = isPlainWord ? -1 : Section(special, synonym, isTag, entry, profile),
            Identity = isTag && special is SpecialKind.None or SpecialKind.PeopleCount ? match.Tag.Value : FoldedHash(text),
            Implied = isTag && lookup.ImpliesAny(match.Tag) ? lookup.Implications(match.Tag, transitive: true) : [],
        };
        return made.With(TraitReader.Of(made, entry, lookup, settings));
    }

    /// <summary>
    /// <c>rococo</c> and <c>grain</c> are artists of some hundred pictures, <c>fine</c> an alias of a character. In a prompt they are what everybody
    /// means by them; a name that the model has learned well is taken for the name.
    /// </summary>
    private static bool IsPlainWord(string text, bool isAlias, in TagEntry entry, Settings settings)
    {
        var isName = entry.Category == TagCategory.Artist || (isAlias && entry.Category is TagCategory.Character or TagCategory.Series);
        return isName && entry.Posts < settings.Thresholds.Strong && (entry.Flags & (TagFlags.Extra | TagFlags.Allowed)) == 0 && IsWord(text);
    }

    private static bool IsWord(string text)
    {
        if (text.Length is < 2 or > LongestWord || text.AsSpan().ContainsAnyExcept(Letters)) return false;

        Span<char> lower = stackalloc char[text.Length];
        text.AsSpan().ToLowerInvariant(lower);
        return KnownWords.IsPlain(lower);
    }

    private static TagText Reference(string source, string text)
    {
        var reference = new TagText { Written = source, Text = text, Canonical = text, IsReference = true, Identity = FoldedHash(text) };
        return reference.With(TraitReader.OfReference(text));
    }

    private static int Section(SpecialKind special, Synonym synonym, bool isTag, TagEntry entry, Profile profile)
    {
        if (special != SpecialKind.None) return profile.SectionOf(special);
        if (synonym.Kind != SpecialKind.None) return synonym.IsCertain ? profile.SectionOf(synonym.Kind) : -1;
        return isTag ? profile.SectionOf(PartOf(entry.Category)) : -1;
    }

    internal static SectionPart PartOf(TagCategory category) => category switch
    {
        TagCategory.Artist => SectionPart.Artist,
        TagCategory.Series => SectionPart.Series,
        TagCategory.Character => SectionPart.Character,
        TagCategory.Meta => SectionPart.Meta,
        _ => SectionPart.General,
    };

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

    private static bool IsReference(string text) =>
        (text.Length > 4 && text.StartsWith("__", StringComparison.Ordinal) && text.EndsWith("__", StringComparison.Ordinal))
        || text.StartsWith("embedding:", StringComparison.OrdinalIgnoreCase);

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
