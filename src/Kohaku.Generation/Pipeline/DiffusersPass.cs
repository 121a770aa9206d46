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
    private readonly DiffusersScheduler _scheduler = DiffusersSchedulers.Create(config, steps);

    /// <inheritdoc/>
    public override int Steps { get; } = strength is { } part ? DiffusersSampling.StepsFrom(steps, part) : steps;

    /// <inheritdoc/>
    public override PassPlan Plan
    {
        get
        {
            var begin = (steps - Steps) * _scheduler.Order;
            return new PassPlan([.. _scheduler.Sigmas.Skip(begin)], [.. _scheduler.Timesteps.Skip(begin)], _scheduler.Order * steps);
        }
    }

    /// <summary>diffusers guides above 1 only.</summary>
    public override double GuidanceOf(double scale) => Math.Max(scale, 1);

    /// <inheritdoc/>
    public override float[] Run(Guidance model, StartLatent? start, int count, ulong seed, PassObserver observer, CancellationToken cancellation)
    {
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, seed);
        var latent = new float[count];
        if (start is null)
        {
            DiffusersSampling.Start(_scheduler, latent, generator.Fill);
        }
        else
        {
            latent = StartOf(start, generator);
            DiffusersSampling.StartFrom(_scheduler, steps, strength ?? 1, latent, generator.Fill);
        }

        var seen = -1;
        DiffusersSampling.Run(_scheduler, latent, model.Predict, generator.Fill, Observe, cancellation);
        return latent;

        void Observe(int call, int calls, ReadOnlySpan<float> now, ReadOnlySpan<float> denoised)
        {
            var step = Math.Min((call - 1) / _scheduler.Order, Steps - 1);
            if (step > seen) observer(seen = step, denoised);
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
