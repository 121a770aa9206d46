namespace Kohaku.Tags;

/// <summary>Facts of tags as a list or a database gives them: tags, what they imply, what they are called in other languages.</summary>
public sealed class TagList
{
    /// <summary>The tags.</summary>
    public List<TagRow> Rows { get; } = [];

    /// <summary>Pairs of a tag's name and the name of a tag that it implies.</summary>
    public List<(string Tag, string Implied)> Implications { get; } = [];

    /// <summary>Pairs of a tag's name and what it is called in another language.</summary>
    public List<(string Tag, string Text)> Translations { get; } = [];

    /// <summary>The day of the facts as <c>yyyymmdd</c>; 0 where unknown.</summary>
    public int AsOf { get; set; }

    /// <summary>A builder of an index of these facts.</summary>
    public TagIndexBuilder ToIndex()
    {
        var builder = new TagIndexBuilder { AsOf = AsOf };
        foreach (var row in Rows)
        {
            builder.Add(row);
        }

        foreach (var (tag, implied) in Implications)
        {
            builder.AddImplication(tag, implied);
        }

        foreach (var (tag, text) in Translations)
        {
            builder.AddTranslation(tag, text);
        }

        return builder;
    }

    /// <summary>All facts of an index.</summary>
    public static TagList Of(TagIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        var list = new TagList { AsOf = index.AsOf };
        for (var tag = 0; tag < index.Count; tag++)
        {
            var name = index.KeyString(tag);
            ref readonly var record = ref index.Records[tag];
            list.Rows.Add(new TagRow(name, record.Category, record.Posts, index.AliasesOf(tag), record.Flags));
            foreach (var implied in index.ImplicationsOf(tag))
            {
                if ((implied & 1) != 0)
                {
                    list.Implications.Add((name, index.KeyString(implied >> 1)));
                }
            }

            foreach (var text in index.TranslationTexts(tag))
            {
                list.Translations.Add((name, text));
            }
        }

        return list;
    }
}
