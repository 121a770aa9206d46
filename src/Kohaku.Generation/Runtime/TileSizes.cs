namespace Kohaku.Generation.Runtime;

/// <summary>When the VAE works in tiles, and in which; in places of a latent.</summary>
/// <param name="MostWhole">Places that are done at once.</param>
/// <param name="Side">Side of a tile.</param>
/// <param name="Overlap">What tiles share at least. A quarter of it at each border counts for nothing: there a tile sees zeros where the image goes on.</param>
internal sealed record TileSizes(int MostWhole, int Side, int Overlap)
{
    /// <summary>Whole up to 1536 × 1536 pixels, which takes 7.5 GB on the processor; tiles of 1024 × 1024, at which SDXL was trained.</summary>
    public static TileSizes Default { get; } = new(192 * 192, 128, 32);
}
