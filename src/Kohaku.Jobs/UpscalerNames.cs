namespace Kohaku.Jobs;

/// <summary>What can enlarge between the passes: A1111's ways of enlarging latents, and filters that work on the image.</summary>
public static class UpscalerNames
{
    /// <summary>The names, the default first.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Latent", "Latent (antialiased)", "Latent (bicubic)", "Latent (bicubic antialiased)", "Latent (nearest)", "Latent (nearest-exact)",
        "Lanczos", "Bicubic", "Bilinear", "Nearest", "Box", "Hamming",
    ];

    /// <summary>Whether an upscaler works on the latent; else the image is decoded, enlarged and encoded again.</summary>
    public static bool IsLatent(string name) => name.StartsWith("Latent", StringComparison.OrdinalIgnoreCase);
}
