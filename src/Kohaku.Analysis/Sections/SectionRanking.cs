namespace Kohaku.Analysis.Sections;

/// <summary>Finds the fewest items that stand out of order: all that are not in the longest run of items whose sections never fall.</summary>
internal sealed class SectionRanking
{
    private int[] _lengths = new int[64];
    private bool[] _kept = new bool[64];

    /// <summary>Whether an item stands in order. Items without a section always do.</summary>
    public bool IsKept(int item) => _kept[item];

    /// <summary>Ranks items; false where all stand in order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="sections">How many sections there are.</param>
    public bool Rank(ReadOnlySpan<SectionItem> items, int sections)
    {
        if (IsOrdered(items)) return false;
        if (_lengths.Length < items.Length) (_lengths, _kept) = (new int[items.Length * 2], new bool[items.Length * 2]);

        // From the end: the longest run that begins with this item. Sections are few, so that a table of them makes it linear.
        Span<int> best = stackalloc int[sections];
        best.Clear();
        var longest = 0;
        for (var i = items.Length - 1; i >= 0; i--)
        {
            var section = items[i].Section;
            if (section < 0) continue;
            var length = 0;
            for (var s = section; s < sections; s++) length = int.Max(length, best[s]);
            _lengths[i] = best[section] = length + 1;
            longest = int.Max(longest, length + 1);
        }

        // From the start: of equally long runs the one with the earlier items, so that the later item is the one out of place.
        var current = 0;
        for (var i = 0; i < items.Length; i++)
        {
            var section = items[i].Section;
            _kept[i] = section < 0 || (section >= current && _lengths[i] == longest);
            if (section < 0 || !_kept[i]) continue;
            current = section;
            longest--;
        }

        return true;
    }

    private static bool IsOrdered(ReadOnlySpan<SectionItem> items)
    {
        var current = 0;
        foreach (ref readonly var item in items)
        {
            if (item.Section < 0) continue;
            if (item.Section < current) return false;
            current = item.Section;
        }

        return true;
    }
}
