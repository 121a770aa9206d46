using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>The VAE encoder of a checkpoint. A large image is encoded in tiles.</summary>
/// <param name="session">Opens it.</param>
/// <param name="channels">Channels of the latent.</param>
/// <param name="factor">How many times larger the image is.</param>
/// <param name="tiles">What is large.</param>
internal sealed class CheckpointEncoder(Lazy<ModelSession> session, int channels, int factor, TileSizes tiles) : ILatentEncoder
{
    private const int Colors = 3;

    /// <inheritdoc/>
    public (float[] Mean, float[] LogVariance) Encode(ReadOnlySpan<float> image, int height, int width, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, Colors * height * width);
        ArgumentOutOfRangeException.ThrowIfNotEqual(height % factor, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(width % factor, 0);

        var moments = Moments(image, height / factor, width / factor, cancellation);
        var half = moments.Length / 2;
        return (moments[..half], moments[half..]);
    }

    private float[] Moments(ReadOnlySpan<float> image, int height, int width, CancellationToken cancellation)
    {
        if ((long)height * width <= tiles.MostWhole) return EncodeWhole(image.ToArray(), height, width, cancellation);

        var rows = Tiles.Of(height, tiles.Side, tiles.Overlap);
        var columns = Tiles.Of(width, tiles.Side, tiles.Overlap);
        var (imageRows, imageColumns) = (rows.Times(factor), columns.Times(factor));
        var moments = new float[2 * channels * height * width];
        for (var row = 0; row < rows.Starts.Count; row++)
        {
            for (var column = 0; column < columns.Starts.Count; column++)
            {
                var tile = EncodeWhole(TiledImages.Cut(image, Colors, imageRows, row, imageColumns, column), rows.Size, columns.Size, cancellation);
                TiledImages.Add(tile, moments, 2 * channels, rows, row, columns, column);
            }
        }

        return moments;
    }

    private float[] EncodeWhole(float[] image, int height, int width, CancellationToken cancellation)
    {
        var moments = new float[2 * channels * height * width];
        using var binding = session.Value.Bind();
        using var input = OrtValue.CreateTensorValueFromMemory(image, [1, Colors, height * factor, width * factor]);
        using var output = OrtValue.CreateTensorValueFromMemory(moments, [1, 2 * channels, height, width]);
        binding.BindInput("image", input);
        binding.BindOutput("moments", output);
        session.Value.Run(binding, cancellation);
        return moments;
    }
}
