using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>The VAE's decoder of a folder.</summary>
internal sealed class FolderDecoder(string folder, SessionFactory sessions) : ILatentDecoder, IDisposable
{
    private readonly FolderVae _vae = new(folder, channels: 4, sessions);

    /// <inheritdoc/>
    /// <exception cref="ModelException">The result has values that are no numbers: an fp16 export of the original VAE overflows.</exception>
    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        var image = FolderTiles.Decode(_vae, latent, height, width, cancellation);
        if (image.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelException($"{_vae.Path} overflows in fp16", "Export vae_decoder in fp32, or from the VAE that is mended for fp16 (sdxl-vae-fp16-fix)");

        return image;
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _vae.Dispose();
}
