using Kohaku.Generation.Sampling;

namespace Kohaku.Generation.Pipeline;

/// <summary>A pass in A1111's or ComfyUI's dialect.</summary>
/// <param name="plan">Its plan.</param>
/// <param name="isFromNoise">Whether it starts from noise alone.</param>
internal sealed class SampledPass(SamplingPlan plan, bool isFromNoise) : Pass
{
    /// <inheritdoc/>
    public override int Steps => plan.StepCount;

    /// <inheritdoc/>
    public override PassPlan Plan
    {
        get
        {
            if (plan.Times.Count == 0) return new PassPlan([.. plan.Sigmas.Skip(plan.Start)], [], plan.EditingCalls);

            // The times rise, and a pass takes its part of them from the top.
            var used = isFromNoise ? plan.Times.Count : Math.Min(plan.Start, plan.Times.Count);
            return new PassPlan([], [.. plan.Times.Take(used).Reverse().Select(time => (float)time)], plan.EditingCalls);
        }
    }

    /// <inheritdoc/>
    public override float[] Run(Guidance model, StartLatent? start, int count, ulong seed, PassObserver observer, CancellationToken cancellation)
    {
        var latent = start is null ? new float[count] : (float[])start.Mean.Clone();
        plan.Run(model, latent, seed, (step, _, denoised) => observer(step, denoised), cancellation);
        return latent;
    }
}
