namespace Kohaku.Tags;

/// <summary>
/// Finds the tags that a query may mean, best first. It keeps its buffers from query to query, so a query allocates nothing;
/// one searcher serves one thread at a time.
/// </summary>
/// <remarks>
/// Tiers: exact; prefix; word starts; initials; one edit; letters from the first on; two edits. Behind word starts the tags with 1000 posts or more come,
/// in tier order, before all with fewer; queries of up to three letters end with initials, and the split stands behind exact.
/// </remarks>
public sealed partial class TagSearcher
{
    /// <summary>No boost multiplies a tag's posts by more.</summary>
    private const int MostBoost = 8;

    private const int SinkingKept = 10;

    private readonly TagLookup _lookup;
    private readonly SearchSource[] _sources;
    private readonly QueryText _text = new();
    private readonly TopHits _top = new();
    private readonly TopHits _sunk = new();
    private readonly ulong[] _present;
    private TagHit[] _results = [];
    private TagCategory? _section;
    private bool _artistsLead;
    private bool _anyPresent;
    private HashSet<TagId>? _used;
    private HashSet<TagId>? _together;

    /// <summary>A searcher over all that a lookup knows.</summary>
    public TagSearcher(TagLookup lookup)
    {
        ArgumentNullException.ThrowIfNull(lookup);
        _lookup = lookup;
        _sources = lookup.Sources();
        _present = new ulong[(lookup.Count / 64) + 1];
    }

    /// <summary>The tags that a query may mean, best first; they are valid until the next query.</summary>
    /// <exception cref="TagDataException">The index is damaged.</exception>
    public ReadOnlySpan<TagHit> Find(in TagQuery query)
    {
        try
        {
            return FindChecked(in query);
        }
        catch (Exception error) when (TagIndex.IsOutside(error))
        {
            throw _lookup.Index.Damaged();
        }
    }

    /// <summary>The tags nearest to a text that is none: up to two edits away (one, where it has fewer than five letters), nearest first, then most used.</summary>
    /// <returns>The tags, valid until the next query.</returns>
    /// <exception cref="TagDataException">The index is damaged.</exception>
    public ReadOnlySpan<TagHit> Nearest(ReadOnlySpan<char> text, int most)
    {
        try
        {
            Begin(new TagQuery(text) { Most = most });
            if (!_text.Read(text) || !_text.IsAscii || _text.Spelling.Length < 2)
            {
                return [];
            }

            var edits = _text.Spelling.Length < 5 ? 1 : 2;
            foreach (var source in _sources)
            {
                OfferTypos(source, popular: true, edits);
                OfferTypos(source, popular: false, edits);
            }

            OfferTwoTypos();
            return End(most);
        }
        catch (Exception error) when (TagIndex.IsOutside(error))
        {
            throw _lookup.Index.Damaged();
        }
    }

    private ReadOnlySpan<TagHit> FindChecked(in TagQuery query)
    {
        Begin(in query);
        if (!_text.Read(query.Text))
        {
            return [];
        }

        foreach (var id in query.Present)
        {
            _present[id.Value >> 6] |= 1UL << id.Value;
        }

        _anyPresent = query.Present.Length > 0;
        try
        {
            Search();
        }
        finally
        {
            foreach (var id in query.Present)
            {
                _present[id.Value >> 6] = 0;
            }
        }

        return End(query.Most);
    }

    private void Begin(in TagQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query.Most);
        _section = query.Section;
        _artistsLead = query.ArtistsLead;
        _used = query.Used;
        _together = query.Together;
        _anyPresent = false;
        _perhapsTwo.Clear();
        _top.Clear(query.Most);
        _sunk.Clear(Math.Min(SinkingKept, query.Most));
        foreach (var source in _sources)
        {
            source.Begin();
        }
    }

    private ReadOnlySpan<TagHit> End(int most)
    {
        if (_results.Length < most)
        {
            _results = new TagHit[most];
        }

        _top.Sort();
        _sunk.Sort();
        _sunk.Cut(Math.Max(most / SinkingKept, most - _top.Count));
        _top.Cut(most - _sunk.Count);
        _top.Hits.CopyTo(_results);
        _sunk.Hits.CopyTo(_results.AsSpan(_top.Count));
        return _results.AsSpan(0, _top.Count + _sunk.Count);
    }

    private void Search()
    {
        if (_text.Spelling.Length == 0)
        {
            foreach (var source in _sources)
            {
                OfferAll(source);
            }

            return;
        }

        foreach (var source in _sources)
        {
            OfferPrefixes(source);
        }

        foreach (var source in _sources)
        {
            OfferWords(source);
        }

        if (!_text.IsShort && _top.IsFullOf(Rank(MatchKind.Words, 0)))
        {
            return;
        }

        foreach (var source in _sources)
        {
            OfferInitials(source);
        }

        if (_text.IsShort)
        {
            return;
        }

        SearchFuzzy(popular: true);
        if (!_top.IsFullOf(Rank(MatchKind.PrefixTypo, int.MaxValue)))
        {
            SearchFuzzy(popular: false);
        }
    }

    private void SearchFuzzy(bool popular)
    {
        _perhapsTwo.Clear();
        if (_text.IsAscii)
        {
            foreach (var source in _sources)
            {
                OfferTypos(source, popular, edits: 2);
            }
        }

        foreach (var source in _sources)
        {
            OfferSubsequences(source, popular);
        }

        if (!_text.IsAscii || _top.IsFullOf(Rank(MatchKind.Subsequence, popular ? int.MaxValue : 0)))
        {
            return;
        }

        OfferTwoTypos();
        foreach (var source in _sources)
        {
            OfferPrefixTypos(source, popular);
        }
    }

    /// <summary>A tier's place among all: smaller is better.</summary>
    private int Rank(MatchKind kind, int posts)
    {
        var popular = posts >= IndexHeader.PopularPosts;
        if (_text.IsShort)
        {
            return kind == MatchKind.Exact || popular ? (int)kind : (int)kind + (int)MatchKind.Initials;
        }

        return kind <= MatchKind.Words || popular ? (int)kind : (int)kind + (int)MatchKind.PrefixTypo - (int)MatchKind.Words;
    }

    /// <summary>Whether a tag that has not been seen yet would be kept if it matched in this way: asked before the costly part of matching.</summary>
    private bool IsWanted(SearchSource source, int tag, MatchKind kind)
    {
        if (source.IsSeen(tag))
        {
            return false;
        }

        if (!_top.IsFull || IsPresent(source.FirstId + tag))
        {
            return true;
        }

        ref readonly var record = ref source.Record(tag);
        var leads = _artistsLead && record.Category == TagCategory.Artist;
        return _top.Takes(TopHits.Order(Rank(kind, record.Posts), leads, (long)record.Posts * MostBoost, 0));
    }

    /// <summary>Keeps a tag that matched, unless it was seen before or others are better.</summary>
    private void Offer(SearchSource source, int key, int tag, MatchKind kind)
    {
        if (!source.See(tag))
        {
            return;
        }

        ref readonly var record = ref source.Record(tag);
        var id = source.FirstId + tag;
        var rank = Rank(kind, record.Posts);
        var leads = _artistsLead && record.Category == TagCategory.Artist;
        var present = IsPresent(id);
        var hits = present ? _sunk : _top;
        if (hits.Takes(TopHits.Order(rank, leads, (long)record.Posts * MostBoost, 0)))
        {
            var order = TopHits.Order(rank, leads, (long)record.Posts * Boost(id, record.Category), id);
            if (hits.Takes(order))
            {
                hits.Add(order, new TagHit(new TagId(id), kind, source.SpellingOf(key), present) { Key = key });
            }
        }
    }

    private bool IsPresent(int id) => _anyPresent && (_present[id >> 6] & (1UL << id)) != 0;

    private int Boost(int id, TagCategory category)
    {
        var boost = category == _section ? 2 : 1;
        if (_used is not null && _used.Contains(new TagId(id)))
        {
            boost *= 2;
        }

        if (_together is not null && _together.Contains(new TagId(id)))
        {
            boost *= 2;
        }

        return boost;
    }
}
