namespace Kohaku.Tags;

/// <summary>The best hits so far: a heap with the worst on top, and numbers that order hits, smallest first.</summary>
internal sealed class TopHits
{
    private ulong[] _orders = [];
    private TagHit[] _hits = [];
    private int _most;

    /// <summary>Number of hits kept.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a further hit must be better than one of those kept.</summary>
    public bool IsFull => Count == _most;

    /// <summary>The hits; in order only after <see cref="Sort"/>.</summary>
    public ReadOnlySpan<TagHit> Hits => _hits.AsSpan(0, Count);

    /// <summary>The order of a hit: by rank, then those that lead, then the higher score, then the smaller tag number.</summary>
    public static ulong Order(int rank, bool leads, long score, int tag) =>
        ((ulong)rank << 60) | (leads ? 0 : 1UL << 59) | ((ulong)(0x7FFFFFFFF - score) << 24) | (uint)tag;

    /// <summary>Forgets all hits and takes up to so many.</summary>
    public void Clear(int most)
    {
        Count = 0;
        _most = most;
        if (_orders.Length < most)
        {
            _orders = new ulong[most];
            _hits = new TagHit[most];
        }
    }

    /// <summary>Keeps only the first so many of the sorted hits.</summary>
    public void Cut(int most) => Count = Math.Min(Count, most);

    /// <summary>Whether a hit of this order would be kept.</summary>
    public bool Takes(ulong order) => Count < _most || (_most > 0 && order < _orders[0]);

    /// <summary>Whether all places are taken by hits of this rank or better.</summary>
    public bool IsFullOf(int rank) => Count == _most && (_most == 0 || (int)(_orders[0] >> 60) <= rank);

    /// <summary>Keeps a hit that <see cref="Takes"/> said yes to.</summary>
    public void Add(ulong order, in TagHit hit)
    {
        if (Count < _most)
        {
            Rise(Count++, order, hit);
        }
        else
        {
            Sink(0, order, hit, Count);
        }
    }

    /// <summary>Puts the hits in order, best first. Nothing may be added after that.</summary>
    public void Sort()
    {
        for (var end = Count - 1; end > 0; end--)
        {
            var (order, hit) = (_orders[end], _hits[end]);
            (_orders[end], _hits[end]) = (_orders[0], _hits[0]);
            Sink(0, order, hit, end);
        }
    }

    private void Rise(int at, ulong order, in TagHit hit)
    {
        while (at > 0)
        {
            var parent = (at - 1) / 2;
            if (_orders[parent] >= order)
            {
                break;
            }

            (_orders[at], _hits[at]) = (_orders[parent], _hits[parent]);
            at = parent;
        }

        (_orders[at], _hits[at]) = (order, hit);
    }

    private void Sink(int at, ulong order, in TagHit hit, int count)
    {
        var kept = hit;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= count)
            {
                break;
            }

            if (child + 1 < count && _orders[child + 1] > _orders[child])
            {
                child++;
            }

            if (_orders[child] <= order)
            {
                break;
            }

            (_orders[at], _hits[at]) = (_orders[child], _hits[child]);
            at = child;
        }

        (_orders[at], _hits[at]) = (order, kept);
    }
}
