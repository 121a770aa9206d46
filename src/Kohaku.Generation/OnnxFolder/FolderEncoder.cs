using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>The VAE's encoder of a folder. Some exports give mean and log variance side by side (<c>latent_parameters</c>), others one latent.</summary>
internal sealed class FolderEncoder(string folder, SessionFactory sessions) : ILatentEncoder, IDisposable
{
    /// <summary>The least log variance that diffusers lets a VAE have: no noise to speak of.</summary>
    private const float NoVariance = -30;

    private readonly FolderVae _vae = new(folder, channels: 3, sessions);

    /// <inheritdoc/>
    public (float[] Mean, float[] LogVariance) Encode(ReadOnlySpan<float> image, int height, int width, CancellationToken cancellation)
    {
        var channels = _vae.OutputChannels is { } fixedChannels and (4 or 8) ? fixedChannels : 8;
        var values = FolderTiles.Encode(_vae, image, height / 8, width / 8, channels, cancellation);
        var length = 4 * (height / 8) * (width / 8);
        if (channels == 8) return (values[..length], values[length..]);

        var variance = new float[length];
        variance.AsSpan().Fill(NoVariance);
        return (values, variance);
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _vae.Dispose();
}
