using Kohaku.Generation.Noise;
using Kohaku.Jobs;

namespace Kohaku.Generation.Sampling;

/// <summary>A way from noise to a latent over falling noise levels. s_noise = 1, s_churn = 0.</summary>
internal abstract class Sampler
{
    /// <summary>The sampler of a kind; a new one for each run.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="dialect">Whose: ComfyUI's DDIM is Euler.</param>
    public static Sampler Of(SamplerKind kind, SeedDialect dialect) => kind switch
    {
        SamplerKind.Euler => new EulerSampler(),
        SamplerKind.EulerAncestral => new EulerAncestralSampler(),
        SamplerKind.Heun => new HeunSampler(),
        SamplerKind.Lms => new LmsSampler(),
        SamplerKind.Dpm2 => new Dpm2Sampler(),
        SamplerKind.Dpm2Ancestral => new Dpm2AncestralSampler(),
        SamplerKind.DpmPlusPlus2SAncestral => new DpmPlusPlus2SAncestralSampler(),
        SamplerKind.DpmPlusPlus2M => new DpmPlusPlus2MSampler(),
        SamplerKind.DpmPlusPlusSde => new DpmPlusPlusSdeSampler(),
        SamplerKind.DpmPlusPlus2MSde => new DpmPlusPlus2MSdeSampler(heun: false),
        SamplerKind.DpmPlusPlus2MSdeHeun => new DpmPlusPlus2MSdeSampler(heun: true),
        SamplerKind.DpmPlusPlus3MSde => new DpmPlusPlus3MSdeSampler(),
        SamplerKind.Lcm => new LcmSampler(),
        SamplerKind.Ddim when dialect == SeedDialect.Comfy => new EulerSampler(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "the sampler does not go by noise levels"),
    };

    /// <summary>Takes all steps.</summary>
    public abstract void Run(SamplerRun run);

    /// <summary>How far down an ancestral step goes, and how much noise takes it up again (k-diffusion, <c>get_ancestral_step</c>).</summary>
    public static (double Down, double Up) Ancestral(double from, double to, double eta)
    {
        if (eta == 0) return (to, 0);

        var up = Math.Min(to, eta * Math.Sqrt(to * to * ((from * from) - (to * to)) / (from * from)));
        return (Math.Sqrt(Math.Max((to * to) - (up * up), 0)), up);
    }

    /// <summary>A straight step towards what is denoised: x + (x − denoised) / from · (to − from).</summary>
    protected static void Straight(ReadOnlySpan<float> x, ReadOnlySpan<float> denoised, double from, double to, Span<float> target) =>
        LatentSums.Combine(to / from, x, 1 - (to / from), denoised, target);

    /// <summary>The direction of the noise: (x − denoised) / σ.</summary>
    protected static void Derivative(ReadOnlySpan<float> x, ReadOnlySpan<float> denoised, double sigma, Span<float> target) =>
        LatentSums.Combine(1 / sigma, x, -1 / sigma, denoised, target);
}
