namespace Kohaku.Analysis.Linting;

/// <summary>Remembers which tag of a region stands where, so that rules that compare tags stay linear. Its storage is kept from check to check.</summary>
internal sealed class TagTable
{
    private Slot[] _slots = new Slot[64];
    private int _generation;
    private int _count;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _count = 0;
        if (_generation++ < int.MaxValue - 1) return;
        Array.Clear(_slots);
        _generation = 1;
    }

    /// <summary>The first of the tags with this identity in this region: its index as given, or −1 where this one is the first, which is then kept.</summary>
    public int FirstOrAdd(long identity, int region, int index)
    {
        ref var slot = ref Find(identity, region);
        if (slot.Generation == _generation) return slot.Index;
        slot = new Slot(identity, region, _generation, index);
        if (++_count * 2 > _slots.Length) Grow();
        return -1;
    }

    /// <summary>The index that was kept for a tag, or −1.</summary>
    public int IndexOf(long identity, int region)
    {
        ref readonly var slot = ref Find(identity, region);
        return slot.Generation == _generation ? slot.Index : -1;
    }

    private ref Slot Find(long identity, int region)
    {
        var mask = _slots.Length - 1;
        var hash = (ulong)(identity + region) * 0x9E3779B97F4A7C15UL;
        for (var at = (int)(hash >> 40) & mask; ; at = (at + 1) & mask)
        {
            ref var slot = ref _slots[at];
            if (slot.Generation != _generation || (slot.Identity == identity && slot.Region == region)) return ref slot;
        }
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 4];
        foreach (var slot in old)
            if (slot.Generation == _generation) Find(slot.Identity, slot.Region) = slot;
    }

    private readonly record struct Slot(long Identity, int Region, int Generation, int Index);
}
