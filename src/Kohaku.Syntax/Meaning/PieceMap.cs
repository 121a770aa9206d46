namespace Kohaku.Syntax.Meaning;

/// <summary>Where the stretches of a text that was put together came from; sorted by both offsets.</summary>
internal sealed class PieceMap
{
    private Piece[] _pieces = new Piece[4];

    /// <summary>How many pieces there are.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all pieces.</summary>
    public void Clear() => Count = 0;

    /// <summary>A stretch at <paramref name="at"/> that came from <paramref name="source"/>; it reaches as far as its length says.</summary>
    public void Add(int at, int source, int length)
    {
        if (length == 0)
            return;
        if (Count == _pieces.Length)
            Array.Resize(ref _pieces, Count * 2);
        _pieces[Count++] = new Piece(at, source, length);
    }

    /// <summary>The source of the first stretch that shares something with a range, and how much of the range it takes from its start.</summary>
    /// <param name="start">The range's start; moves behind what was mapped.</param>
    /// <param name="end">The range's end.</param>
    /// <param name="source">Where the mapped stretch is in the source.</param>
    public bool TryTake(ref int start, int end, out TextSpan source)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pieces[middle].At + _pieces[middle].Length <= start)
                low = middle + 1;
            else
                high = middle;
        }

        source = default;
        if (start >= end || low == Count || _pieces[low].At >= end)
            return false;
        ref readonly var piece = ref _pieces[low];
        var from = Math.Max(start, piece.At);
        start = Math.Min(end, piece.At + piece.Length);
        source = new TextSpan(piece.Source + from - piece.At, start - from);
        return true;
    }

    private readonly record struct Piece(int At, int Source, int Length);
}
