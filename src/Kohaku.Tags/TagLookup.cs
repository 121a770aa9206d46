using System.Runtime.CompilerServices;

namespace Kohaku.Tags;

/// <summary>
/// What a run knows of tags: an index, the user's own list over it, and the words the user allows. Reading is safe from any number of threads.
/// </summary>
public sealed partial class TagLookup
{
    private readonly TagIndex _index;
    private readonly OwnTags? _ownTags;
    private readonly TagIndex? _own;
    private readonly int[] _ownTwins = [];
    private readonly Dictionary<int, int>? _overridden;
    private readonly Lock _gate = new();
    private TagIndex? _searchable;
    private TagSearcher? _spare;

    /// <summary>The tags of an index alone.</summary>
    public TagLookup(TagIndex index)
    {
        ArgumentNullException.ThrowIfNull(index);
        _index = index;
    }

    /// <summary>The tags of an index, with the user's own over them.</summary>
    /// <param name="index">The index.</param>
    /// <param name="extra">The user's own tags: each stands in place of an indexed tag of the same name.</param>
    /// <param name="allowed">Texts that count as known tags; an indexed tag or alias among them keeps its facts and is marked <see cref="TagFlags.Allowed"/>.</param>
    /// <param name="translations">What tags are called in other languages, for searching; null for none. A run that only looks tags up has no use for them.</param>
    public TagLookup(TagIndex index, IEnumerable<TagRow> extra, IEnumerable<string> allowed, IEnumerable<(string Tag, string Text)>? translations = null)
        : this(index)
    {
        ArgumentNullException.ThrowIfNull(extra);
        ArgumentNullException.ThrowIfNull(allowed);
        var builder = new OwnTags(index);
        foreach (var row in extra)
        {
            builder.Add(row);
        }

        foreach (var text in allowed)
        {
            builder.Allow(text);
        }

        foreach (var (tag, text) in translations ?? [])
        {
            builder.Translate(tag, text);
        }

        if (builder.Build(searchable: false) is { } own)
        {
            _ownTags = builder;
            _own = own;
            (_ownTwins, _overridden) = builder.Twins(own);
        }
    }

    /// <summary>Number of tags, those that the user's own stand in place of included.</summary>
    public int Count => _index.Count + (_own?.Count ?? 0);

    /// <summary>The index under the user's own tags.</summary>
    public TagIndex Index => _index;

    /// <summary>A tag's facts.</summary>
    public TagEntry this[TagId id] => new(this, id);

    /// <summary>Finds the tag that a text names, the user's own first. Allocates nothing.</summary>
    /// <inheritdoc cref="TagIndex.TryFind(ReadOnlySpan{char}, out TagMatch)"/>
    [SkipLocalsInit]
    public bool TryFind(ReadOnlySpan<char> text, out TagMatch match)
    {
        if (_own is null)
        {
            return _index.TryFind(text, out match);
        }

        // Spelled once for both indexes.
        Span<byte> spelling = stackalloc byte[TagText.MaxBytes];
        var length = TagText.Normalise(text, spelling);
        if (length <= 0)
        {
            match = default;
            return false;
        }

        spelling = spelling[..length];
        var hash = TagText.Hash(spelling);
        if (_own.TryFind(spelling, hash, out match))
        {
            match = match with { Tag = new TagId(match.Tag.Value + _index.Count) };
            return true;
        }

        if (!_index.TryFindChecked(spelling, hash, out match))
        {
            return false;
        }

        match = match with { Tag = new TagId(Canonical(match.Tag.Value)) };
        return true;
    }

    /// <summary>Whether a tag implies another, directly or through others.</summary>
    public bool Implies(TagId tag, TagId other) =>
        TryIndexed(tag, out var from) && _index.ImplicationsOf(from).Length > 0 && TryIndexed(other, out var to) && _index.Implies(from, to);

    /// <summary>Whether a tag implies any other: a quick test that saves asking for each.</summary>
    public bool ImpliesAny(TagId tag) => TryIndexed(tag, out var from) && _index.ImplicationsOf(from).Length > 0;

    /// <summary>The tags that a tag implies, most used first.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="transitive">Whether those implied through others count too.</param>
    public IReadOnlyList<TagId> Implications(TagId tag, bool transitive)
    {
        List<TagId> implied = [];
        if (TryIndexed(tag, out var from))
        {
            foreach (var entry in _index.ImplicationsOf(from))
            {
                if (transitive || (entry & 1) != 0)
                {
                    implied.Add(new TagId(Canonical(entry >> 1)));
                }
            }
        }

        return implied;
    }

    /// <summary>The tags that imply a tag directly, most used first. Walks all tags.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<TagId> ImpliedBy(TagId tag, int most)
    {
        List<TagId> found = [];
        if (!TryIndexed(tag, out var implied))
        {
            return found;
        }

        var wanted = (implied << 1) | 1;
        for (var other = 0; other < _index.Count && found.Count < most; other++)
        {
            if (_index.ImplicationsOf(other).Contains(wanted))
            {
                found.Add(new TagId(Canonical(other)));
            }
        }

        return found;
    }

    /// <summary>The tags nearest to a text that is none: up to two edits away, nearest first, then most used.</summary>
    public TagHit[] Nearest(ReadOnlySpan<char> text, int most)
    {
        var searcher = Interlocked.Exchange(ref _spare, null) ?? new TagSearcher(this);
        var hits = searcher.Nearest(text, most).ToArray();
        _spare = searcher;
        return hits;
    }

    /// <summary>The spelling that a hit matched, as the model would read it: the tag's name, one of its aliases, or a translation.</summary>
    public string MatchedText(TagHit hit) => TagDisplay.Of(Locate(hit.Tag, out _).KeyString(hit.Key));

    /// <summary>The indexes to search in, the shipped one first.</summary>
    internal SearchSource[] Sources()
    {
        if (_ownTags is null)
        {
            return [new SearchSource(_index, 0, [])];
        }

        // Made once for all searchers: with a list of translations it is large.
        lock (_gate)
        {
            _searchable ??= _ownTags.Build(searchable: true)!;
        }

        return [new SearchSource(_index, 0, _overridden?.Keys.ToArray() ?? []), new SearchSource(_searchable, _index.Count, [])];
    }

    /// <summary>Where a tag's facts lie.</summary>
    internal TagIndex Locate(TagId id, out int local)
    {
        if (id.Value < _index.Count)
        {
            local = id.Value;
            return _index;
        }

        local = id.Value - _index.Count;
        return _own ?? throw new ArgumentOutOfRangeException(nameof(id), id.Value, "no such tag");
    }

    /// <summary>The tag that stands for an indexed one: itself, or the user's own of the same name.</summary>
    internal int Canonical(int indexed) => _overridden is not null && _overridden.TryGetValue(indexed, out var own) ? own : indexed;

    /// <summary>The indexed tag with the relations of this one: itself, or the one of the same name.</summary>
    internal bool TryIndexed(TagId id, out int indexed)
    {
        indexed = id.Value < _index.Count ? id.Value : _ownTwins[id.Value - _index.Count];
        return indexed >= 0;
    }
}
