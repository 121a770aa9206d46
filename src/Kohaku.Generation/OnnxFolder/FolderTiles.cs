using Kohaku.Generation.Runtime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>Runs a half of the VAE over a latent's size at once, or in tiles as the VAE of a checkpoint does.</summary>
internal static class FolderTiles
{
    private const int Factor = 8;

    /// <summary>Runs the decoder.</summary>
    /// <param name="vae">The decoder.</param>
    /// <param name="latent"><c>[4, height, width]</c>.</param>
    /// <param name="height">Rows of the latent.</param>
    /// <param name="width">Columns of the latent.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns><c>[3, 8·height, 8·width]</c>.</returns>
    public static float[] Decode(FolderVae vae, ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        if ((long)height * width <= TileSizes.Default.MostWhole) return vae.Run(latent, height, width, 3 * Factor * Factor * height * width, cancellation);

        var (rows, columns) = (Of(height), Of(width));
        return Run(vae, latent, 4, rows, columns, 3, rows.Times(Factor), columns.Times(Factor), cancellation);
    }

    /// <summary>Runs the encoder.</summary>
    /// <param name="vae">The encoder.</param>
    /// <param name="image"><c>[3, 8·height, 8·width]</c>.</param>
    /// <param name="height">Rows of the latent.</param>
    /// <param name="width">Columns of the latent.</param>
    /// <param name="channels">What the export gives: 8, or 4.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns><c>[channels, height, width]</c>.</returns>
    public static float[] Encode(FolderVae vae, ReadOnlySpan<float> image, int height, int width, int channels, CancellationToken cancellation)
    {
        if ((long)height * width <= TileSizes.Default.MostWhole) return vae.Run(image, Factor * height, Factor * width, channels * height * width, cancellation);

        var (rows, columns) = (Of(height), Of(width));
        return Run(vae, image, 3, rows.Times(Factor), columns.Times(Factor), channels, rows, columns, cancellation);
    }

    private static Tiles Of(int length) => Tiles.Of(length, TileSizes.Default.Side, TileSizes.Default.Overlap);

    private static float[] Run(FolderVae vae, ReadOnlySpan<float> source, int channels, Tiles rows, Tiles columns, int toChannels, Tiles toRows, Tiles toColumns, CancellationToken cancellation)
    {
        var target = new float[checked(toChannels * toRows.Length * toColumns.Length)];
        for (var row = 0; row < rows.Starts.Count; row++)
        {
            for (var column = 0; column < columns.Starts.Count; column++)
            {
                var tile = vae.Run(TiledImages.Cut(source, channels, rows, row, columns, column), rows.Size, columns.Size, toChannels * toRows.Size * toColumns.Size, cancellation);
                TiledImages.Add(tile, target, toChannels, toRows, row, toColumns, column);
            }
        }

        return target;
    }
}
