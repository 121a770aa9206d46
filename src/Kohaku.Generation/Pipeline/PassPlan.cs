using Kohaku.Jobs;

namespace Kohaku.Generation.Pipeline;

/// <summary>The way of a pass, known without a model.</summary>
/// <param name="Sigmas">Noise levels it goes through, falling; empty where the sampler goes by times.</param>
/// <param name="Times">Times that the model is told, in the order of its steps, where the sampler goes by them: A1111's DDIM and UniPC, and all of diffusers'.</param>
/// <param name="EditingCalls">Model calls that prompt editing counts on.</param>
public sealed record PassPlan(IReadOnlyList<float> Sigmas, IReadOnlyList<float> Times, int EditingCalls)
{
    /// <summary>A request's first pass; with diffusers' dialect under SDXL's own scheduler configuration.</summary>
    /// <exception cref="GenerationException">The dialect has no such sampler or schedule.</exception>
    public static PassPlan First(GenerationRequest request) => Passes.First(request, scheduler: null, scale: 1).Plan;

    /// <summary>A request's second pass.</summary>
    /// <exception cref="GenerationException">As for the first.</exception>
    public static PassPlan Second(GenerationRequest request, HiresPass hires) => Passes.Second(request, hires, scheduler: null, scale: 1).Plan;
}
