using System.Text;

namespace Kohaku.Tags;

/// <summary>Makes an index file out of facts. The same facts, in any order, give the same bytes.</summary>
public sealed class TagIndexBuilder
{
    private readonly Dictionary<string, TagRow> _rows = new(StringComparer.Ordinal);
    private readonly List<(string Tag, string Implied)> _implications = [];
    private readonly List<(string Tag, string Text)> _translations = [];

    /// <summary>The day of the facts as <c>yyyymmdd</c>; 0 where unknown.</summary>
    public int AsOf { get; set; }

    /// <summary>Number of tags added.</summary>
    public int Count => _rows.Count;

    /// <summary>Adds a tag; one of the same name that was added before gives way. Tags that sexualise minors are left out.</summary>
    public void Add(TagRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        var name = TagText.Normalised(row.Name);
        if (name.Length > 0 && !LeftOut.Is(name))
        {
            _rows[name] = row with { Name = name };
        }
    }

    /// <summary>Says that one tag implies another. Tags that are not added by the time of building are passed over.</summary>
    public void AddImplication(string tag, string implied)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(implied);
        _implications.Add((TagText.Normalised(tag), TagText.Normalised(implied)));
    }

    /// <summary>Adds what a tag is called in another language. Tags that are not added by the time of building are passed over.</summary>
    public void AddTranslation(string tag, string text)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(text);
        _translations.Add((TagText.Normalised(tag), TagText.Normalised(text)));
    }

    /// <summary>The index file's bytes.</summary>
    public byte[] Build() => Build(searchable: true);

    /// <summary>The index file's bytes, without the orders for searching where they are not wanted.</summary>
    internal byte[] Build(bool searchable)
    {
        var rows = _rows.Values.ToArray();
        Array.Sort(rows, static (a, b) => a.Posts != b.Posts ? b.Posts.CompareTo(a.Posts) : string.CompareOrdinal(a.Name, b.Name));
        var ids = new Dictionary<string, int>(rows.Length, StringComparer.Ordinal);
        for (var id = 0; id < rows.Length; id++)
        {
            ids.Add(rows[id].Name, id);
        }

        var keys = new KeyList(rows.Length * 20);
        foreach (var row in rows)
        {
            keys.Add(Encoding.UTF8.GetBytes(row.Name));
        }

        var records = new IndexRecord[rows.Length + 1];
        var keyTags = AddAliases(rows, ids, keys, records);
        var namesAndAliases = keys.Count;
        AddTranslations(ids, keys, keyTags);
        var implications = Closures(ids, records);
        for (var id = 0; id < rows.Length; id++)
        {
            records[id].Posts = rows[id].Posts;
            records[id].Category = rows[id].Category;
            records[id].Flags = rows[id].Flags;
        }

        records[rows.Length].FirstAlias = namesAndAliases;
        records[rows.Length].FirstImplication = implications.Count;

        var orders = new IndexOrders(keys, keyTags, rows.Length, namesAndAliases);
        var writer = new IndexWriter(
            rows.Length, namesAndAliases - rows.Length, keys.Count - namesAndAliases, rows.TakeWhile(static row => row.Posts >= IndexHeader.PopularPosts).Count(), AsOf);
        writer.Add(IndexSection.Records, records);
        writer.Add(IndexSection.KeyStarts, keys.Starts);
        writer.Add(IndexSection.KeyBytes, keys.Bytes);
        writer.Add(IndexSection.KeyTags, keyTags.ToArray());
        writer.Add(IndexSection.Slots, orders.Slots());
        writer.Add(IndexSection.Implications, implications.ToArray());
        if (searchable)
        {
            writer.Add(IndexSection.Sorted, orders.Sorted());
            writer.Add(IndexSection.Words, orders.Words());
            writer.Add(IndexSection.WordLetters, orders.WordLetters());
            writer.Add(IndexSection.Initials, orders.Initials());
            orders.AddGroups(writer);
        }

        return writer.Finish();
    }

    /// <summary>Writes the index file; a file of that name is replaced at once or not at all.</summary>
    public void Write(string path) => AtomicReplace.Write(path, Build());

    private static List<int> AddAliases(TagRow[] rows, Dictionary<string, int> ids, KeyList keys, IndexRecord[] records)
    {
        var keyTags = new List<int>(rows.Length / 4);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var id = 0; id < rows.Length; id++)
        {
            records[id].FirstAlias = keys.Count;
            var aliases = rows[id].Aliases.Select(TagText.Normalised).ToArray();
            Array.Sort(aliases, string.CompareOrdinal);
            foreach (var alias in aliases)
            {
                // A text means one tag: its own name before another's alias, and the better known tag's alias before a lesser one's.
                if (alias.Length > 0 && !LeftOut.Is(alias) && !ids.ContainsKey(alias) && taken.Add(alias))
                {
                    keys.Add(Encoding.UTF8.GetBytes(alias));
                    keyTags.Add(id);
                }
            }
        }

        return keyTags;
    }

    private void AddTranslations(Dictionary<string, int> ids, KeyList keys, List<int> keyTags)
    {
        var known = new List<(int Tag, string Text)>();
        foreach (var (tag, text) in _translations)
        {
            if (text.Length > 0 && ids.TryGetValue(tag, out var id))
            {
                known.Add((id, text));
            }
        }

        known.Sort(static (a, b) => a.Tag != b.Tag ? a.Tag.CompareTo(b.Tag) : string.CompareOrdinal(a.Text, b.Text));
        for (var i = 0; i < known.Count; i++)
        {
            if (i == 0 || known[i] != known[i - 1])
            {
                keys.Add(Encoding.UTF8.GetBytes(known[i].Text));
                keyTags.Add(known[i].Tag);
            }
        }
    }

    private List<int> Closures(Dictionary<string, int> ids, IndexRecord[] records)
    {
        var direct = new SortedSet<int>?[records.Length - 1];
        foreach (var (tag, implied) in _implications)
        {
            if (ids.TryGetValue(tag, out var from) && ids.TryGetValue(implied, out var to) && from != to)
            {
                (direct[from] ??= []).Add(to);
            }
        }

        var all = new List<int>();
        var reached = new SortedSet<int>();
        var open = new Stack<int>();
        for (var id = 0; id < direct.Length; id++)
        {
            records[id].FirstImplication = all.Count;
            if (direct[id] is not { } own)
            {
                continue;
            }

            reached.Clear();
            open.Push(id);
            while (open.TryPop(out var next))
            {
                foreach (var implied in direct[next] ?? [])
                {
                    if (implied != id && reached.Add(implied))
                    {
                        open.Push(implied);
                    }
                }
            }

            foreach (var implied in reached)
            {
                all.Add((implied << 1) | (own.Contains(implied) ? 1 : 0));
            }
        }

        return all;
    }
}
