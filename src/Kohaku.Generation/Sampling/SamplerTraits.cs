using Kohaku.Jobs;

namespace Kohaku.Generation.Sampling;

/// <summary>What has to be known of a sampler before it runs.</summary>
public static class SamplerTraits
{
    /// <summary>Whether it calls the model twice a step. Prompt editing counts on 2 × steps calls then.</summary>
    public static bool CallsTwice(SamplerKind sampler) => sampler is
        SamplerKind.Heun or SamplerKind.Dpm2 or SamplerKind.Dpm2Ancestral or SamplerKind.DpmPlusPlus2SAncestral or SamplerKind.DpmPlusPlusSde;

    /// <summary>Whether its noise is that of a Brownian tree.</summary>
    public static bool UsesBrownianTree(SamplerKind sampler) => sampler is
        SamplerKind.DpmPlusPlusSde or SamplerKind.DpmPlusPlus2MSde or SamplerKind.DpmPlusPlus2MSdeHeun or SamplerKind.DpmPlusPlus3MSde;

    /// <summary>Whether it adds noise that it draws step by step, from a generator that <c>ENSD</c> restarts.</summary>
    public static bool IsAncestral(SamplerKind sampler) => sampler is
        SamplerKind.EulerAncestral or SamplerKind.Dpm2Ancestral or SamplerKind.DpmPlusPlus2SAncestral or SamplerKind.Lcm;

    /// <summary>Whether it goes by times of the model in place of noise levels: A1111's DDIM and UniPC.</summary>
    public static bool GoesByTimes(SamplerKind sampler, SeedDialect dialect) =>
        (sampler is SamplerKind.Ddim or SamplerKind.UniPC) && (dialect is SeedDialect.A1111Nv or SeedDialect.A1111Cpu);

    /// <summary>Whether the last but one noise level is dropped from a schedule of one step more.</summary>
    public static bool DropsLevel(SamplerKind sampler, SeedDialect dialect) => sampler switch
    {
        SamplerKind.Dpm2 or SamplerKind.Dpm2Ancestral => true,
        SamplerKind.DpmPlusPlus3MSde => dialect != SeedDialect.Comfy,
        SamplerKind.UniPC => dialect == SeedDialect.Comfy,
        _ => false,
    };
}
