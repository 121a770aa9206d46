namespace Kohaku.Generation.Models;

/// <summary>The VAE's decoder.</summary>
public interface ILatentDecoder
{
    /// <summary>Decodes a latent.</summary>
    /// <param name="latent">Already divided by the latent scale, <c>[4, height, width]</c>.</param>
    /// <param name="height">Rows of the latent.</param>
    /// <param name="width">Columns of the latent.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns>About −1 to 1, <c>[3, 8·height, 8·width]</c>.</returns>
    public float[] Decode(ReadOnlySpan<float> latent, int height, int width, CancellationToken cancellation);
}

/// <summary>The VAE's encoder.</summary>
public interface ILatentEncoder
{
    /// <summary>Encodes an image.</summary>
    /// <param name="image">−1 to 1, <c>[3, height, width]</c>; both sides multiples of 8.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="cancellation">Stops within one operator.</param>
    /// <returns>Mean and log variance, <c>[4, height / 8, width / 8]</c> each, not scaled.</returns>
    public (float[] Mean, float[] LogVariance) Encode(ReadOnlySpan<float> image, int height, int width, CancellationToken cancellation);
}
