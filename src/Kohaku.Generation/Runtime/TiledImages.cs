namespace Kohaku.Generation.Runtime;

/// <summary>Cuts planes into tiles and adds tiles up to planes.</summary>
internal static class TiledImages
{
    /// <summary>A part of <c>[channels, height, width]</c>.</summary>
    public static float[] Cut(ReadOnlySpan<float> source, int channels, Tiles rows, int row, Tiles columns, int column)
    {
        var tile = new float[channels * rows.Size * columns.Size];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < rows.Size; y++)
            {
                var from = (((channel * rows.Length) + rows.Starts[row] + y) * columns.Length) + columns.Starts[column];
                source.Slice(from, columns.Size).CopyTo(tile.AsSpan(((channel * rows.Size) + y) * columns.Size));
            }
        }

        return tile;
    }

    /// <summary>Adds a tile to <c>[channels, height, width]</c>, as much as it counts at each place.</summary>
    public static void Add(ReadOnlySpan<float> tile, Span<float> target, int channels, Tiles rows, int row, Tiles columns, int column)
    {
        var down = rows.WeightsOf(row);
        var across = columns.WeightsOf(column);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < rows.Size; y++)
            {
                var source = tile.Slice(((channel * rows.Size) + y) * columns.Size, columns.Size);
                var line = target.Slice((((channel * rows.Length) + rows.Starts[row] + y) * columns.Length) + columns.Starts[column], columns.Size);
                for (var x = 0; x < source.Length; x++) line[x] += source[x] * down[y] * across[x];
            }
        }
    }
}
