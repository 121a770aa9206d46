namespace Kohaku.Tags;

/// <summary>Lays one list of tags over another.</summary>
internal static class TagMerge
{
    /// <summary>
    /// All tags of both: the newer category and count win, aliases add up, and what is known of the older tag stays known.
    /// A tag of the older list that the newer one calls an alias stays a tag, since the model learned it, and is marked so.
    /// </summary>
    public static TagList Merge(TagList older, TagList newer)
    {
        var merged = new TagList { AsOf = Math.Max(older.AsOf, newer.AsOf) };
        var rows = new Dictionary<string, TagRow>(older.Rows.Count + newer.Rows.Count, StringComparer.Ordinal);
        foreach (var row in older.Rows)
        {
            rows[TagText.Normalised(row.Name)] = row;
        }

        var renamed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in newer.Rows)
        {
            var name = TagText.Normalised(row.Name);
            rows[name] = rows.TryGetValue(name, out var known)
                ? row with { Aliases = [.. known.Aliases, .. row.Aliases], Flags = known.Flags | row.Flags }
                : row;
            renamed.UnionWith(row.Aliases.Select(TagText.Normalised));
        }

        renamed.ExceptWith(newer.Rows.Select(static row => TagText.Normalised(row.Name)));
        foreach (var (name, row) in rows)
        {
            merged.Rows.Add(renamed.Contains(name) ? row with { Flags = row.Flags | TagFlags.RemovedLater } : row);
        }

        merged.Implications.AddRange(older.Implications);
        merged.Implications.AddRange(newer.Implications);
        merged.Translations.AddRange(older.Translations);
        merged.Translations.AddRange(newer.Translations);
        return merged;
    }
}
