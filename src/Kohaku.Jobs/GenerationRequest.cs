namespace Kohaku.Jobs;

/// <summary>All that decides an image: prompts and parameters, resolved from the command line, the file's parameter line and the profile, in that order.</summary>
public sealed record GenerationRequest
{
    /// <summary>The positive prompt, dynamic prompts already chosen, comments gone.</summary>
    public required string Prompt { get; init; }

    /// <summary>The negative prompt; empty where there is none.</summary>
    public string Negative { get; init; } = "";

    /// <summary>The <c>.prompt</c> source of this prompt, kept in the image; <see langword="null"/> where the prompt was given as text.</summary>
    public string? Source { get; init; }

    /// <summary>Steps of the first pass.</summary>
    public required int Steps { get; init; }

    /// <summary>The sampler.</summary>
    public required SamplerKind Sampler { get; init; }

    /// <summary>The schedule; <see cref="ScheduleKind.Automatic"/> is the sampler's own.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Automatic;

    /// <summary>Guidance scale.</summary>
    public required double GuidanceScale { get; init; }

    /// <summary>The first image's seed, 0 to 2⁶⁴ − 1; later ones count up.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whose random numbers.</summary>
    public SeedDialect SeedDialect { get; init; } = SeedDialect.A1111Nv;

    /// <summary>A1111's eta noise seed delta.</summary>
    public long EtaNoiseSeedDelta { get; init; }

    /// <summary>Eta of ancestral samplers and DDIM; <see langword="null"/> is the sampler's own (1 and 0).</summary>
    public double? Eta { get; init; }

    /// <summary>How weights work.</summary>
    public EmphasisKind Emphasis { get; init; } = EmphasisKind.NoNorm;

    /// <summary>Width of the first pass in pixels, a multiple of 8.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the first pass in pixels, a multiple of 8.</summary>
    public required int Height { get; init; }

    /// <summary>How many images.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The second pass, or <see langword="null"/>.</summary>
    public HiresPass? Hires { get; init; }

    /// <summary>The image to start from, or <see langword="null"/>.</summary>
    public StartImage? Start { get; init; }
}

/// <summary>A second pass at a larger size.</summary>
/// <param name="Width">In pixels, a multiple of 8.</param>
/// <param name="Height">In pixels, a multiple of 8.</param>
/// <param name="Steps">Steps; 0 is as many as the first pass has.</param>
/// <param name="Denoise">Denoising strength, 0 to 1.</param>
/// <param name="Upscaler"><c>Latent</c> (bilinear on the latent), or a resampling filter's name, which works on the image.</param>
public sealed record HiresPass(int Width, int Height, int Steps, double Denoise, string Upscaler = "Latent")
{
    /// <summary>Its own sampler; <see langword="null"/> is the first pass's.</summary>
    public SamplerKind? Sampler { get; init; }

    /// <summary>Its own schedule; <see langword="null"/> is the first pass's.</summary>
    public ScheduleKind? Schedule { get; init; }

    /// <summary>Its own guidance scale; <see langword="null"/> is the first pass's.</summary>
    public double? GuidanceScale { get; init; }

    /// <summary>Its own prompt; <see langword="null"/> is the first pass's.</summary>
    public string? Prompt { get; init; }

    /// <summary>Its own negative prompt; <see langword="null"/> is the first pass's.</summary>
    public string? Negative { get; init; }
}

/// <summary>An image to start from.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Denoise">Denoising strength, 0 to 1.</param>
public sealed record StartImage(string Path, double Denoise);
