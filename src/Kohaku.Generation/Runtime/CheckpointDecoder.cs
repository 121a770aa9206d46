using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>The VAE decoder of a checkpoint. A latent above <see cref="MostWhole"/> is decoded in tiles.</summary>
/// <param name="session">Opens it.</param>
/// <param name="channels">Channels of the latent.</param>
/// <param name="factor">How many times larger the image is.</param>
internal sealed class CheckpointDecoder(Lazy<ModelSession> session, int channels, int factor) : ILatentDecoder
{
    /// <summary>Places of a latent that are decoded at once: those of 1536 × 1536 pixels. Twice that needs more memory than many machines have.</summary>
    internal const int MostWhole = 192 * 192;

    /// <summary>Side of a tile in the latent: the size the model was trained at.</summary>
    internal const int TileSide = 128;

    /// <summary>What tiles share at least.</summary>
    internal const int TileOverlap = 32;

    private const int Colors = 3;

    /// <inheritdoc/>
    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latent.Length, channels * height * width);
        if (latent.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelException("The latent holds numbers that are none (NaN or infinity): the image was lost while it was sampled.", "Use --precision fp32, or another sampler or guidance scale.");

        if ((long)height * width <= MostWhole) return DecodeWhole(latent.ToArray(), height, width, cancellation);

        var rows = Tiles.Of(height, TileSide, TileOverlap);
        var columns = Tiles.Of(width, TileSide, TileOverlap);
        var (imageRows, imageColumns) = (rows.Times(factor), columns.Times(factor));
        var image = new float[checked(Colors * imageRows.Length * imageColumns.Length)];
        for (var row = 0; row < rows.Starts.Count; row++)
        {
            for (var column = 0; column < columns.Starts.Count; column++)
            {
                var tile = DecodeWhole(TiledImages.Cut(latent, channels, rows, row, columns, column), rows.Size, columns.Size, cancellation);
                TiledImages.Add(tile, image, Colors, imageRows, row, imageColumns, column);
            }
        }

        return image;
    }

    private float[] DecodeWhole(float[] latent, int height, int width, CancellationToken cancellation)
    {
        var image = new float[Colors * height * factor * width * factor];
        using var binding = session.Value.Bind();
        using var input = OrtValue.CreateTensorValueFromMemory(latent, [1, channels, height, width]);
        using var output = OrtValue.CreateTensorValueFromMemory(image, [1, Colors, height * factor, width * factor]);
        binding.BindInput("latent", input);
        binding.BindOutput("image", output);
        session.Value.Run(binding, cancellation);
        if (image.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelException("The VAE decoder overflowed.", "Give a VAE of its own with --vae: this one's weights are broken.");
        return image;
    }
}
