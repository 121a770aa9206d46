namespace Kohaku.Syntax.Tokens;

/// <summary>A text under cleaning: each unit knows the offset in the given text that it came from. The room is kept between texts.</summary>
internal sealed class MappedText
{
    private const int Kept = 1 << 18;

    private char[] _chars = [];
    private int[] _offsets = [];

    /// <summary>Units in the text.</summary>
    public int Length { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Per unit where it came from.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Length);

    /// <summary>Empties the text.</summary>
    public void Clear() => Length = 0;

    /// <summary>Gives back the room of an uncommonly long text.</summary>
    public void Trim()
    {
        if (_chars.Length <= Kept) return;

        Length = 0;
        _chars = [];
        _offsets = [];
    }

    /// <summary>Adds one unit.</summary>
    public void Add(char unit, int offset)
    {
        if (Length == _chars.Length) Grow(1);
        _chars[Length] = unit;
        _offsets[Length++] = offset;
    }

    /// <summary>Adds units that all come from one offset.</summary>
    public void Add(ReadOnlySpan<char> units, int offset)
    {
        foreach (var unit in units) Add(unit, offset);
    }

    /// <summary>Adds a code point; a lone surrogate as U+FFFD.</summary>
    public void AddPoint(uint point, int offset)
    {
        if (point is >= 0xD800 and < 0xE000 or > 0x10FFFF) point = 0xFFFD;
        if (point < 0x10000)
        {
            Add((char)point, offset);
            return;
        }

        Add((char)(0xD7C0 + (point >> 10)), offset);
        Add((char)(0xDC00 + (point & 0x3FF)), offset);
    }

    /// <summary>Adds a stretch of a given text.</summary>
    /// <param name="text">The stretch.</param>
    /// <param name="offset">Where its first unit stands in the given text.</param>
    public void AddGiven(ReadOnlySpan<char> text, int offset)
    {
        if (Length + text.Length > _chars.Length) Grow(text.Length);
        text.CopyTo(_chars.AsSpan(Length));
        for (var i = 0; i < text.Length; i++) _offsets[Length + i] = offset + i;
        Length += text.Length;
    }

    /// <summary>Adds a stretch of another cleaned text, with its offsets.</summary>
    public void Add(MappedText other, int start, int end)
    {
        var length = end - start;
        if (Length + length > _chars.Length) Grow(length);
        other._chars.AsSpan(start, length).CopyTo(_chars.AsSpan(Length));
        other._offsets.AsSpan(start, length).CopyTo(_offsets.AsSpan(Length));
        Length += length;
    }

    private void Grow(int more)
    {
        var room = int.Max(256, int.Max(Length + more, _chars.Length + (_chars.Length / 2)));
        Array.Resize(ref _chars, room);
        Array.Resize(ref _offsets, room);
    }
}
