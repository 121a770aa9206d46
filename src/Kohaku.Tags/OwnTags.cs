namespace Kohaku.Tags;

/// <summary>Gathers the user's own tags into a small index that lies over the shipped one.</summary>
internal sealed class OwnTags(TagIndex index)
{
    private readonly Dictionary<string, TagRow> _rows = new(StringComparer.Ordinal);
    private readonly List<(string Tag, string Text)> _translations = [];

    /// <summary>Adds one of the user's tags.</summary>
    public void Add(TagRow row) => Put(row with { Flags = row.Flags | TagFlags.Extra });

    /// <summary>Adds what a known tag is called in another language; a tag of the index is then kept here too, with its facts. Unknown ones are passed over.</summary>
    public void Translate(string tag, string text)
    {
        var name = TagText.Normalised(tag);
        if (!_rows.ContainsKey(name))
        {
            if (!index.TryFind(name, out var match))
            {
                return;
            }

            var known = new TagLookup(index)[match.Tag];
            name = known.Name;
            if (!_rows.ContainsKey(name))
            {
                Put(new TagRow(name, known.Category, known.Posts, [], known.Flags));
            }
        }

        _translations.Add((name, text));
    }

    /// <summary>Adds a text that the user allows.</summary>
    public void Allow(string text)
    {
        var name = TagText.Normalised(text);
        if (_rows.TryGetValue(name, out var row))
        {
            Put(row with { Flags = row.Flags | TagFlags.Allowed });
        }
        else if (index.TryFind(name, out var match))
        {
            var tag = new TagLookup(index)[match.Tag];
            Put(new TagRow(tag.Name, tag.Category, tag.Posts, [], tag.Flags | TagFlags.Allowed));
        }
        else if (name.Length > 0)
        {
            Put(new TagRow(name, TagCategory.General, 0, [], TagFlags.Extra | TagFlags.Allowed));
        }
    }

    /// <summary>The index of the user's own tags; null where there are none. What only searching needs is left out where nobody searches: a start pays for this.</summary>
    public TagIndex? Build(bool searchable)
    {
        if (_rows.Count == 0)
        {
            return null;
        }

        var builder = new TagIndexBuilder();
        foreach (var row in _rows.Values)
        {
            // An indexed tag of the same name is hidden behind this one, so this one must be found by its aliases and translations too.
            var twin = index.TryFind(row.Name, out var match) && !match.IsAlias ? match.Tag.Value : -1;
            builder.Add(twin < 0 ? row : row with { Aliases = [.. row.Aliases, .. index.AliasesOf(twin)] });
            foreach (var text in twin < 0 ? [] : index.TranslationTexts(twin))
            {
                builder.AddTranslation(row.Name, text);
            }
        }

        foreach (var (tag, text) in _translations)
        {
            builder.AddTranslation(tag, text);
        }

        return TagIndex.FromBytes(builder.Build(searchable), "the user's own tags");
    }

    /// <summary>For each own tag the indexed one of the same name or −1, and the way back.</summary>
    public (int[] Twins, Dictionary<int, int>? Overridden) Twins(TagIndex own)
    {
        var twins = new int[own.Count];
        Dictionary<int, int>? overridden = null;
        for (var local = 0; local < twins.Length; local++)
        {
            twins[local] = -1;
            if (index.TryFind(own.KeyString(local), out var match) && !match.IsAlias)
            {
                twins[local] = match.Tag.Value;
                (overridden ??= [])[match.Tag.Value] = index.Count + local;
            }
        }

        return (twins, overridden);
    }

    private void Put(TagRow row)
    {
        var name = TagText.Normalised(row.Name);
        if (name.Length > 0)
        {
            _rows[name] = row with { Name = name };
        }
    }
}
