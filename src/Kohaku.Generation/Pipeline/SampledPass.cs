using Kohaku.Generation.Sampling;

namespace Kohaku.Generation.Pipeline;

/// <summary>A pass in A1111's or ComfyUI's dialect.</summary>
/// <param name="plan">Its plan.</param>
internal sealed class SampledPass(SamplingPlan plan) : Pass
{
    /// <inheritdoc/>
    public override int Steps => plan.StepCount;

    /// <inheritdoc/>
    public override int EditingCalls => plan.EditingCalls;

    /// <inheritdoc/>
    public override float[] Run(Guidance model, StartLatent? start, int count, ulong seed, PassObserver observer, CancellationToken cancellation)
    {
        var latent = start is null ? new float[count] : (float[])start.Mean.Clone();
        plan.Run(model, latent, seed, (step, _, denoised) => observer(step, denoised), cancellation);
        return latent;
    }
}
