namespace Kohaku.Syntax;

/// <summary>A stretch of a text: UTF-16 offset and length.</summary>
/// <param name="Start">Offset of the first UTF-16 unit.</param>
/// <param name="Length">Number of UTF-16 units.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>Offset behind the last unit.</summary>
    public int End => Start + Length;

    /// <summary>The span from one offset to another.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether an offset lies inside, the end not included.</summary>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether two spans share a unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;
}
