namespace Kohaku.Generation.Runtime;

/// <summary>How a side is cut into tiles that overlap, and how they are blended: linearly over the middle half of what they share.</summary>
internal sealed class Tiles
{
    private readonly float[][] _weights;

    private Tiles(int length, int[] starts, int size) => (Length, Starts, Size, _weights) = (length, starts, size, Blend(length, starts, size));

    /// <summary>Of the side.</summary>
    public int Length { get; }

    /// <summary>Of each tile.</summary>
    public int Size { get; }

    /// <summary>Where each tile begins, rising.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>Tiles of at most a size, evenly spread, sharing at least <paramref name="overlap"/>.</summary>
    public static Tiles Of(int length, int size, int overlap)
    {
        if (length <= size) return new Tiles(length, [0], length);

        var count = 1 + (((length - size) + (size - overlap) - 1) / (size - overlap));
        var starts = new int[count];
        for (var i = 0; i < count; i++) starts[i] = (int)((long)i * (length - size) / (count - 1));
        return new Tiles(length, starts, size);
    }

    /// <summary>The same cut of what is a number of times as large.</summary>
    public Tiles Times(int factor) => new(Length * factor, [.. Starts.Select(start => start * factor)], Size * factor);

    /// <summary>How much a tile counts at each of its places; over all tiles of a place that adds up to 1.</summary>
    public ReadOnlySpan<float> WeightsOf(int tile) => _weights[tile];

    private static float[][] Blend(int length, int[] starts, int size)
    {
        var weights = new float[starts.Length][];
        var sums = new float[length];
        for (var i = 0; i < starts.Length; i++)
        {
            weights[i] = new float[size];
            var before = i == 0 ? 0 : starts[i - 1] + size - starts[i];
            var after = i == starts.Length - 1 ? 0 : starts[i] + size - starts[i + 1];
            for (var at = 0; at < size; at++)
            {
                weights[i][at] = Rise(at, before) * Rise(size - 1 - at, after);
                sums[starts[i] + at] += weights[i][at];
            }
        }

        for (var i = 0; i < starts.Length; i++)
        {
            for (var at = 0; at < size; at++) weights[i][at] /= sums[starts[i] + at];
        }

        return weights;
    }

    // From 0 to 1 over the middle half of what is shared.
    private static float Rise(int at, int shared) => shared == 0 ? 1 : Math.Clamp((at + 0.5f - (shared / 4f)) / (shared / 2f), 0, 1);
}
