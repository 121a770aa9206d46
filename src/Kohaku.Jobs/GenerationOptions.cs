namespace Kohaku.Jobs;

/// <summary>What the command line, or the editor's panel, asks for; what is <see langword="null"/> is left to the file and the profile.</summary>
public sealed record GenerationOptions
{
    /// <summary>Steps of the first pass.</summary>
    public int? Steps { get; init; }

    /// <summary>A sampler by any program's name, also joined with a schedule.</summary>
    public string? Sampler { get; init; }

    /// <summary>A schedule by any program's name.</summary>
    public string? Schedule { get; init; }

    /// <summary>Guidance scale.</summary>
    public double? GuidanceScale { get; init; }

    /// <summary>The seed as written: a whole number, −1 for a random one.</summary>
    public string? Seed { get; init; }

    /// <summary>Whose random numbers.</summary>
    public SeedDialect? SeedDialect { get; init; }

    /// <summary>How weights work.</summary>
    public EmphasisKind? Emphasis { get; init; }

    /// <summary>The size of the first pass, as written: <c>832x1216</c>.</summary>
    public string? Size { get; init; }

    /// <summary>How many images.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The size of the second pass, as written; asks for one.</summary>
    public string? Hires { get; init; }

    /// <summary>Steps of the second pass.</summary>
    public int? HiresSteps { get; init; }

    /// <summary>Denoising strength, of the second pass or of the image to start from.</summary>
    public double? Denoise { get; init; }

    /// <summary>How the first pass's result is enlarged.</summary>
    public string? HiresUpscaler { get; init; }

    /// <summary>The image to start from, absolute.</summary>
    public string? StartImage { get; init; }

    /// <summary>The size of <see cref="StartImage"/>, which images get where nobody names one.</summary>
    public (int Width, int Height)? StartSize { get; init; }
}
