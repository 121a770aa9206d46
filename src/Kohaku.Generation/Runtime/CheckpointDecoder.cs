using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Runtime;

/// <summary>The VAE decoder of a checkpoint. A large latent is decoded in tiles.</summary>
/// <param name="session">Opens it.</param>
/// <param name="full">Opens it in fp32, which may be the same.</param>
/// <param name="channels">Channels of the latent.</param>
/// <param name="factor">How many times larger the image is.</param>
/// <param name="tiles">What is large.</param>
/// <param name="notice">Is told where fp16 overflowed.</param>
internal sealed class CheckpointDecoder(Lazy<ModelSession> session, Lazy<ModelSession> full, int channels, int factor, TileSizes tiles, Action<string>? notice) : ILatentDecoder
{
    private const int Colors = 3;

    private bool _overflows;

    /// <inheritdoc/>
    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(latent.Length, channels * height * width);
        if (!IsSound(latent))
            throw new ModelException("The latent holds numbers that are none (NaN or infinity): the image was lost while it was sampled", "Use --precision fp32, or another sampler or guidance scale");

        if ((long)height * width <= tiles.MostWhole) return DecodeWhole(latent.ToArray(), height, width, cancellation);

        var rows = Tiles.Of(height, tiles.Side, tiles.Overlap);
        var columns = Tiles.Of(width, tiles.Side, tiles.Overlap);
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
        if (!_overflows)
        {
            var image = Decode(session.Value, latent, height, width, cancellation);
            if (IsSound(image)) return image;
        }

        if (!ReferenceEquals(session, full))
        {
            if (!_overflows) notice?.Invoke("The VAE decoder overflowed in fp16; fp32 is used");
            // It will again: the next image is not decoded for nothing.
            _overflows = true;
            var image = Decode(full.Value, latent, height, width, cancellation);
            if (IsSound(image)) return image;
        }

        throw new ModelException("The VAE decoder gives numbers that are none (NaN or infinity)", "Give a VAE of its own with --vae: this one's weights are broken");
    }

    private float[] Decode(ModelSession session, float[] latent, int height, int width, CancellationToken cancellation)
    {
        var image = new float[Colors * height * factor * width * factor];
        using var binding = session.Bind();
        using var input = OrtValue.CreateTensorValueFromMemory(latent, [1, channels, height, width]);
        using var output = OrtValue.CreateTensorValueFromMemory(image, [1, Colors, height * factor, width * factor]);
        binding.BindInput("latent", input);
        binding.BindOutput("image", output);
        session.Run(binding, cancellation);
        return image;
    }

    private static bool IsSound(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) return false;
        }

        return true;
    }
}
