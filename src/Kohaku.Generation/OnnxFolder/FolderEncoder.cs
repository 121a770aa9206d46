using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>The VAE's encoder of a folder. Some exports give mean and log variance side by side (<c>latent_parameters</c>), others one latent.</summary>
internal sealed class FolderEncoder(string folder, SessionOptions options) : ILatentEncoder, IDisposable
{
    /// <summary>The least log variance that diffusers lets a VAE have: no noise to speak of.</summary>
    private const float NoVariance = -30;

    private readonly FolderVae _vae = new(folder, channels: 3, options);

    /// <inheritdoc/>
    public (float[] Mean, float[] LogVariance) Encode(ReadOnlySpan<float> image, int height, int width, CancellationToken cancellation)
    {
        var values = _vae.Run(image, height, width, cancellation);
        var length = 4 * (height / 8) * (width / 8);
        if (values.Length == 2 * length) return (values[..length], values[length..]);
        if (values.Length != length) throw new ModelException($"{_vae.Path} gives {values.Length} numbers, not {2 * length}: it is not the VAE of SDXL");

        var variance = new float[length];
        variance.AsSpan().Fill(NoVariance);
        return (values, variance);
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _vae.Dispose();
}
