namespace Kohaku.Tags;

/// <summary>Spellings, one behind the other, while an index is made.</summary>
internal sealed class KeyList(int capacity)
{
    private readonly List<int> _starts = [0];
    private byte[] _bytes = new byte[Math.Max(64, capacity)];
    private int _length;

    /// <summary>Number of spellings.</summary>
    public int Count => _starts.Count - 1;

    /// <summary>Where each begins, and the end of the last.</summary>
    public int[] Starts => _starts.ToArray();

    /// <summary>All their bytes.</summary>
    public byte[] Bytes => _bytes[.._length];

    /// <summary>One spelling.</summary>
    public ReadOnlySpan<byte> this[int key] => _bytes.AsSpan(_starts[key].._starts[key + 1]);

    /// <summary>Adds one behind the last.</summary>
    public void Add(ReadOnlySpan<byte> spelling)
    {
        if (Count == 0xFFFFFE)
        {
            throw new TagDataException("more than 16,777,214 names, aliases and translations: the tag index holds no more");
        }

        if (_length + spelling.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + spelling.Length));
        }

        spelling.CopyTo(_bytes.AsSpan(_length));
        _length += spelling.Length;
        _starts.Add(_length);
    }
}
