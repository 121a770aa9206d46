namespace Kohaku.Tags.Tests;

/// <summary>A handful of facts in place of the shipped ones, where a test needs no more.</summary>
internal static class Small
{
    public static TagList Facts()
    {
        var list = new TagList { AsOf = 20231130 };
        list.Rows.Add(new TagRow("long_hair", TagCategory.General, 3_000_000, ["longhair"]));
        list.Rows.Add(new TagRow("very_long_hair", TagCategory.General, 500_000, []));
        list.Rows.Add(new TagRow("hatsune_miku", TagCategory.Character, 90_000, ["miku"]));
        list.Rows.Add(new TagRow("old_name", TagCategory.General, 800, [], TagFlags.Untrained));
        list.Implications.Add(("very_long_hair", "long_hair"));
        list.Translations.Add(("long_hair", "长发"));
        return list;
    }

    public static string Index(TemporaryFolder folder)
    {
        var path = folder.File("shipped.index");
        Facts().ToIndex().Write(path);
        return path;
    }
}
