using System.Collections.Frozen;

namespace Kohaku.Syntax.Parsing;

/// <summary>The keys of AUTOMATIC1111's parameter line.</summary>
public static class ParameterKeys
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup;

    static ParameterKeys()
    {
        Lookup = FrozenSet.ToFrozenSet(Known, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>All known keys, as A1111 1.10 writes them; <c>Seed dialect</c> is this program's own.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "Steps", "Sampler", "Schedule type", "CFG scale", "Image CFG scale", "Seed", "Face restoration", "Size", "Model hash", "Model",
        "FP8 weight", "Cache FP16 weight for LoRA", "VAE hash", "VAE", "Variation seed", "Variation seed strength", "Seed resize from",
        "Denoising strength", "Conditional mask weight", "Clip skip", "ENSD", "Token merging ratio", "Token merging ratio hr", "Init image hash",
        "RNG", "Seed dialect", "NGMS", "Tiling", "Emphasis", "Eta", "Eta DDIM", "Schedule max sigma", "Schedule min sigma", "Schedule rho", "Sigma churn",
        "Sigma tmin", "Sigma tmax", "Sigma noise", "UniPC variant", "UniPC skip type", "UniPC order", "UniPC lower order final",
        "Discard penultimate sigma", "Hires upscale", "Hires upscaler", "Hires steps", "Hires resize", "Hires resize-1", "Hires resize-2",
        "Hires sampler", "Hires schedule type", "Hires checkpoint", "Hires CFG Scale", "Hires prompt", "Hires negative prompt",
        "Hires VAE", "Hires Module 1", "First pass size", "Lora hashes", "Hashes", "TI hashes", "TI", "Hypernet", "Hypernet strength", "AddNet Enabled",
        "Template", "Negative Template", "Wildcard prompt", "Mask blur", "Inpaint area", "Masked area padding", "Masked content", "Refiner",
        "Refiner switch at", "Pad conds", "Pad conds v0", "SGM noise multiplier", "Noise Schedule", "Noise multiplier", "Noise schedule",
        "Skip Early CFG", "Downcast alphas_cumprod", "Beta schedule alpha", "Beta schedule beta", "Script", "Old prompt editing timelines",
        "Extra noise", "Ensure that image dimensions are multiples of 64", "User", "Version", "Batch size", "Batch pos", "Guidance scale",
        "Distilled CFG Scale", "Module 1", "Diffusion in Low Bits", "ControlNet 0", "ControlNet 1", "ControlNet 2", "Zero star",
    ];

    /// <summary>Whether a key is one of <see cref="Known"/>, in any case.</summary>
    public static bool IsKnown(ReadOnlySpan<char> key) =>
        Lookup.Contains(key) || key.StartsWith("ADetailer ", StringComparison.OrdinalIgnoreCase) || key.StartsWith("ControlNet", StringComparison.OrdinalIgnoreCase);
}
