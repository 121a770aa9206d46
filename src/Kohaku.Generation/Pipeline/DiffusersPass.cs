using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Models;
using Kohaku.Generation.Noise;

namespace Kohaku.Generation.Pipeline;

/// <summary>A pass as the pipelines of diffusers make it: <c>StableDiffusionXLPipeline</c>, or with something to start from <c>StableDiffusionXLImg2ImgPipeline</c>.</summary>
/// <param name="config">The scheduler.</param>
/// <param name="steps">Steps that the scheduler is made for.</param>
/// <param name="strength">Denoising strength; <see langword="null"/> for a pass from noise.</param>
/// <param name="scale">The model's latent scale.</param>
internal sealed class DiffusersPass(SchedulerConfig config, int steps, double? strength, double scale) : Pass
{
    /// <inheritdoc/>
    public override int Steps => strength is { } part ? int.Clamp((int)(steps * part), 0, steps) : steps;

    /// <inheritdoc/>
    public override int EditingCalls => config.Kind is SchedulerKind.Heun or SchedulerKind.Kdpm2 or SchedulerKind.Kdpm2Ancestral ? 2 * steps : steps;

    /// <inheritdoc/>
    public override float[] Run(Guidance model, StartLatent? start, int count, ulong seed, PassObserver observer, CancellationToken cancellation)
    {
        var scheduler = DiffusersSchedulers.Create(config, steps);
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, seed);
        var latent = new float[count];
        if (start is null)
        {
            DiffusersSampling.Start(scheduler, latent, generator.Fill);
        }
        else
        {
            latent = StartOf(start, generator);
            DiffusersSampling.StartFrom(scheduler, steps, strength ?? 1, latent, generator.Fill);
        }

        var seen = -1;
        DiffusersSampling.Run(scheduler, latent, model.Predict, generator.Fill, Observe, cancellation);
        return latent;

        void Observe(int call, int calls, ReadOnlySpan<float> latentNow, ReadOnlySpan<float> now)
        {
            var step = Math.Min((call - 1) / scheduler.Order, Steps - 1);
            if (step > seen) observer(seen = step, now);
        }
    }

    private float[] StartOf(StartLatent start, NoiseGenerator generator)
    {
        var latent = (float[])start.Mean.Clone();
        if (start.LogVariance is not { } variance) return latent;

        for (var i = 0; i < latent.Length; i++) latent[i] /= (float)scale;
        DiffusersSampling.Sample(latent, variance, scale, generator.Fill);
        return latent;
    }
}
