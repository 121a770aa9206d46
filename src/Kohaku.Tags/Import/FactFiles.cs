using System.Globalization;

namespace Kohaku.Tags;

/// <summary>
/// Reads the fact files of <c>data/tags</c>: one a category, a head line, then a tag a line:
/// name, posts, aliases, implied tags and flags, with tabs between and blanks inside.
/// </summary>
public static class FactFiles
{
    private const string Mark = "kohaku-tags";

    /// <summary>Reads all fact files of a folder.</summary>
    /// <exception cref="TagDataException">There are none, or one has an error; the message names file and line.</exception>
    public static TagList Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
        {
            throw new TagDataException($"{folder}: no such folder of tag facts");
        }

        var files = Directory.GetFiles(folder, "*.tsv");
        Array.Sort(files, StringComparer.Ordinal);
        var list = new TagList();
        foreach (var file in files)
        {
            ReadFile(file, list);
        }

        return list.Rows.Count > 0 ? list : throw new TagDataException($"{folder}: no tag facts (*.tsv) in this folder");
    }

    /// <summary>Whether a first line's columns are those of a fact file.</summary>
    internal static bool IsHead(string[] fields) => fields[0] == Mark;

    /// <summary>Adds the facts of one file.</summary>
    internal static void ReadFile(string file, TagList list)
    {
        var number = 0;
        var category = TagCategory.General;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var fields = line.Split('\t');
            if (number == 1)
            {
                category = ReadHead(file, fields, list);
            }
            else if (line.Length > 0)
            {
                ReadTag(file, number, fields, category, list);
            }
        }
    }

    private static TagCategory ReadHead(string file, string[] fields, TagList list)
    {
        if (fields.Length < 4 || fields[0] != Mark || fields[1] != "1" || !TagCategories.TryRead(fields[2], out var category))
        {
            throw new TagDataException($"{file}:1: not a file of tag facts: it should begin with `{Mark}`, 1, a category and a day");
        }

        if (!DateOnly.TryParseExact(fields[3], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            throw new TagDataException($"{file}:1: `{fields[3]}` is no day: write it as 2023-11-30");
        }

        list.AsOf = Math.Max(list.AsOf, (day.Year * 10000) + (day.Month * 100) + day.Day);
        return category;
    }

    private static void ReadTag(string file, int number, string[] fields, TagCategory category, TagList list)
    {
        if (fields.Length is < 2 or > 5 || fields[0].Length == 0)
        {
            throw new TagDataException($"{file}:{number}: {fields.Length} columns: a tag has name, posts, and perhaps aliases, implied tags and flags");
        }

        if (!int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var posts))
        {
            throw new TagDataException($"{file}:{number}: `{fields[1]}` is no number of posts");
        }

        var flags = TagFlags.None;
        foreach (var word in Words(fields, 4))
        {
            flags |= TagFlagWords.TryRead(word, out var flag) ? flag : throw new TagDataException($"{file}:{number}: `{word}` is no flag");
        }

        var (aliases, allImplied) = (Words(fields, 2), Words(fields, 3));
        foreach (var name in (IEnumerable<string>)[fields[0], .. aliases, .. allImplied])
        {
            if (!TagText.Fits(name))
            {
                throw new TagDataException($"{file}:{number}: {TagText.TooLong(name)}");
            }
        }

        list.Rows.Add(new TagRow(fields[0], category, posts, aliases, flags));
        foreach (var implied in allImplied)
        {
            list.Implications.Add((fields[0], implied));
        }
    }

    private static string[] Words(string[] fields, int column) =>
        column < fields.Length ? fields[column].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
}
