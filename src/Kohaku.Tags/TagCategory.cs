namespace Kohaku.Tags;

/// <summary>What a tag names; the numbers are danbooru's.</summary>
public enum TagCategory : byte
{
    /// <summary>What is seen: clothes, poses, places.</summary>
    General = 0,

    /// <summary>Who drew it.</summary>
    Artist = 1,

    /// <summary>The series (danbooru: copyright) it belongs to.</summary>
    Series = 3,

    /// <summary>Who is in it.</summary>
    Character = 4,

    /// <summary>About the image file rather than the image.</summary>
    Meta = 5,
}

/// <summary>The categories' names and numbers.</summary>
public static class TagCategories
{
    /// <summary>The category's word: <c>general</c>, <c>artist</c>, <c>series</c>, <c>character</c>, <c>meta</c>.</summary>
    public static string Word(this TagCategory category) => category switch
    {
        TagCategory.General => "general",
        TagCategory.Artist => "artist",
        TagCategory.Series => "series",
        TagCategory.Character => "character",
        TagCategory.Meta => "meta",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "no such category"),
    };

    /// <summary>Reads a category's word (<c>copyright</c> is <c>series</c>) or danbooru's number.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out TagCategory category)
    {
        switch (text.Trim())
        {
            case "0" or "general":
                category = TagCategory.General;
                return true;
            case "1" or "artist":
                category = TagCategory.Artist;
                return true;
            case "3" or "series" or "copyright":
                category = TagCategory.Series;
                return true;
            case "4" or "character":
                category = TagCategory.Character;
                return true;
            case "5" or "meta":
                category = TagCategory.Meta;
                return true;
            default:
                category = TagCategory.General;
                return false;
        }
    }
}
