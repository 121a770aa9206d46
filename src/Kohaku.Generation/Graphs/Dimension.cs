namespace Kohaku.Generation.Graphs;

/// <summary>A side of an input or output: a number, or a name for what each run decides.</summary>
internal readonly record struct Dimension(long Value, string? Symbol)
{
    public static implicit operator Dimension(long value) => new(value, null);

    public static implicit operator Dimension(string symbol) => new(0, symbol);
}
