using Kohaku.Jobs;

namespace Kohaku.Generation.Sampling;

/// <summary>What decides the way from noise to a latent.</summary>
public sealed record SamplingSettings
{
    /// <summary>A1111's dialect or ComfyUI's.</summary>
    public required SeedDialect Dialect { get; init; }

    /// <summary>The sampler.</summary>
    public required SamplerKind Sampler { get; init; }

    /// <summary>The schedule. A1111's DDIM and UniPC have none.</summary>
    public ScheduleKind Schedule { get; init; } = ScheduleKind.Automatic;

    /// <summary>Steps, 1 to 1000; in a second pass, that pass's.</summary>
    public required int Steps { get; init; }

    /// <summary>Eta of ancestral and SDE samplers and of DDIM; <see langword="null"/> is the sampler's own, 1 or 0.</summary>
    public double? Eta { get; init; }

    /// <summary>A1111's <c>ENSD</c>: where it is not 0, the generator begins anew at seed + this after the initial noise.</summary>
    public long EtaNoiseSeedDelta { get; init; }

    /// <summary>The settings of a request's first pass.</summary>
    public static SamplingSettings Of(GenerationRequest request) => new()
    {
        Dialect = request.SeedDialect,
        Sampler = request.Sampler,
        Schedule = request.Schedule,
        Steps = request.Steps,
        Eta = request.Eta,
        EtaNoiseSeedDelta = request.EtaNoiseSeedDelta,
    };
}
