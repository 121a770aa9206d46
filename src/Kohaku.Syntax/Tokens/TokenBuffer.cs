namespace Kohaku.Syntax.Tokens;

/// <summary>Tokens of one or more texts, each with the offset where it begins. The room is kept when it is cleared.</summary>
public sealed class TokenBuffer
{
    private ushort[] _ids = [];
    private int[] _offsets = [];

    /// <summary>How many tokens there are.</summary>
    public int Count { get; private set; }

    /// <summary>The token ids.</summary>
    public ReadOnlySpan<ushort> Ids => _ids.AsSpan(0, Count);

    /// <summary>Per token the UTF-16 offset in its text of the character it begins in.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Count);

    /// <summary>Takes all tokens out.</summary>
    public void Clear() => Count = 0;

    internal void Add(ushort id, int offset)
    {
        if (Count == _ids.Length)
        {
            var room = int.Max(64, Count * 2);
            Array.Resize(ref _ids, room);
            Array.Resize(ref _offsets, room);
        }

        _ids[Count] = id;
        _offsets[Count++] = offset;
    }

    /// <summary>Moves the offsets from a token on.</summary>
    internal void Shift(int from, int by)
    {
        foreach (ref var offset in _offsets.AsSpan(from, Count - from)) offset += by;
    }

    /// <summary>Replaces the offsets from a token on by what stands at them in a map.</summary>
    internal void Map(int from, ReadOnlySpan<int> map)
    {
        foreach (ref var offset in _offsets.AsSpan(from, Count - from)) offset = map[offset];
    }
}
