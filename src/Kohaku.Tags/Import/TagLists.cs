using System.Globalization;

namespace Kohaku.Tags;

/// <summary>Reads the lists of tags that people have: what is wrong in one is said by file and line.</summary>
public static class TagLists
{
    /// <summary>
    /// Reads a list by its name: <c>.tsv</c> and <c>.txt</c> as <see cref="Tsv"/>, <c>.db</c>, <c>.sqlite</c> and <c>.sqlite3</c> as a database, all else as <see cref="Csv"/>.
    /// </summary>
    /// <exception cref="TagDataException">The file cannot be read or has an error.</exception>
    public static TagList Read(string file, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Path.GetExtension(file).ToLowerInvariant() switch
        {
            ".tsv" or ".txt" => Tsv(file, progress, cancellation),
            ".db" or ".sqlite" or ".sqlite3" => HakuBooru.Read(file, progress, cancellation),
            _ => Csv(file, progress, cancellation),
        };
    }

    /// <summary>
    /// Reads the form of the best-known completer: <c>name,category,count,"alias,alias"</c>, the category by danbooru's number or by word.
    /// Columns at the end may be missing: then the tag is general, without posts, without aliases.
    /// </summary>
    /// <exception cref="TagDataException">The file cannot be read or has an error; the message says the line.</exception>
    public static TagList Csv(string file, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new ListReader(file, progress, cancellation);
        var list = new TagList();
        foreach (var line in reader.Lines())
        {
            var fields = reader.Commas(line);
            if (fields.Count > 4)
            {
                throw reader.Error($"{fields.Count} columns: a tag has name, category, count and aliases; several aliases stand in one pair of quotes");
            }

            if (!IsHead(reader, fields))
            {
                list.Rows.Add(Row(reader, fields, ','));
            }
        }

        return list;
    }

    /// <summary>
    /// Reads columns with tabs between: name, category, posts, aliases, flags (both blank- or comma-separated); those at the end may be missing.
    /// A file of shipped facts (one that begins with <c>kohaku-tags</c>) is read as such.
    /// </summary>
    /// <exception cref="TagDataException">The file cannot be read or has an error; the message says the line.</exception>
    public static TagList Tsv(string file, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new ListReader(file, progress, cancellation);
        var list = new TagList();
        foreach (var line in reader.Lines())
        {
            var fields = line.Split('\t', StringSplitOptions.TrimEntries);
            if (reader.Number == 1 && FactFiles.IsHead(fields))
            {
                FactFiles.ReadFile(file, list);
                return list;
            }

            if (fields.Length > 5)
            {
                throw reader.Error($"{fields.Length} columns: a tag has name, category, posts, aliases and flags");
            }

            if (!IsHead(reader, fields))
            {
                list.Rows.Add(Row(reader, fields, ' ', ','));
            }
        }

        return list;
    }

    /// <summary>Reads a list of translations: <c>tag,translation</c>; of three columns the second, a category, is passed over.</summary>
    /// <exception cref="TagDataException">The file cannot be read or has an error; the message says the line.</exception>
    public static TagList Translations(string file, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        var reader = new ListReader(file, progress, cancellation);
        var list = new TagList();
        foreach (var line in reader.Lines())
        {
            var fields = reader.Commas(line);
            if (fields.Count is < 2 or > 3)
            {
                throw reader.Error($"{fields.Count} columns: a line has a tag and its translation; a translation with commas stands in quotes");
            }

            if (fields[0].Length == 0)
            {
                throw reader.Error("no tag before the comma");
            }

            if (fields[^1].Length > 0)
            {
                list.Translations.Add((Name(reader, fields[0]), Name(reader, fields[^1])));
            }
        }

        return list;
    }

    private static bool IsHead(ListReader reader, IReadOnlyList<string> fields) =>
        reader.Number == 1 && fields.Count > 1 && fields[0] is "name" or "tag" && !TagCategories.TryRead(fields[1], out _);

    private static TagRow Row(ListReader reader, IReadOnlyList<string> fields, params char[] between)
    {
        if (fields[0].Length == 0)
        {
            throw reader.Error("no name in the first column");
        }

        var category = TagCategory.General;
        if (fields.Count > 1 && !TagCategories.TryRead(fields[1], out category))
        {
            throw reader.Error($"`{fields[1]}` is no category: 0 general, 1 artist, 3 series, 4 character, 5 meta");
        }

        var posts = 0;
        if (fields.Count > 2 && fields[2].Length > 0 && !int.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out posts))
        {
            throw reader.Error($"`{fields[2]}` is no number of posts");
        }

        var aliases = fields.Count > 3 ? fields[3].Split(between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        for (var i = 0; i < aliases.Length; i++)
        {
            aliases[i] = Name(reader, aliases[i]);
        }

        return new TagRow(Name(reader, fields[0]), category, posts, aliases, fields.Count > 4 ? Flags(reader, fields[4]) : TagFlags.None);
    }

    private static TagFlags Flags(ListReader reader, string words)
    {
        var flags = TagFlags.None;
        foreach (var word in words.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            flags |= TagFlagWords.TryRead(word, out var flag) ? flag : throw reader.Error($"`{word}` is no flag: removed-later, untrained, deprecated");
        }

        return flags;
    }

    private static string Name(ListReader reader, string name) =>
        TagText.Fits(name) ? name : throw reader.Error(TagText.TooLong(name));
}
