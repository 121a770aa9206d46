using Kohaku.Generation.Models;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.OnnxFolder;

/// <summary>The VAE's decoder of a folder.</summary>
internal sealed class FolderDecoder(string folder, SessionOptions options) : ILatentDecoder, IDisposable
{
    private readonly FolderVae _vae = new(folder, channels: 4, options);

    /// <inheritdoc/>
    /// <exception cref="ModelException">The result has values that are no numbers: an fp16 export of the original VAE overflows.</exception>
    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation)
    {
        var image = _vae.Run(latent, height, width, cancellation);
        if (image.Length != 3 * 64 * height * width) throw new ModelException($"{_vae.Path} gives {image.Length} numbers, not {3 * 64 * height * width}: it is not the VAE of SDXL");
        if (image.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            throw new ModelException($"{_vae.Path} overflows in fp16", "Export vae_decoder in fp32, or from the VAE that is mended for fp16 (sdxl-vae-fp16-fix)");

        return image;
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => _vae.Dispose();
}
