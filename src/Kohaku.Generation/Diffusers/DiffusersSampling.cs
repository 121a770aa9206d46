using Kohaku.Generation.Models;

namespace Kohaku.Generation.Diffusers;

/// <summary>Predicts the noise of a latent, guidance applied.</summary>
/// <param name="input">The scaled model input, <c>[4, height, width]</c>.</param>
/// <param name="timestep">0 to 999, may be fractional.</param>
/// <param name="noise">Takes the noise, <c>[4, height, width]</c>.</param>
public delegate void PredictNoise(ReadOnlySpan<float> input, float timestep, Span<float> noise);

/// <summary>Sees each call of the model when its step is made. The spans are valid during the call alone.</summary>
/// <param name="call">Which call, from 1.</param>
/// <param name="calls">Calls of the run.</param>
/// <param name="latent">The latent after it, <c>[4, height, width]</c>.</param>
/// <param name="denoised">What the model took the finished latent to be, as many.</param>
public delegate void ObserveCall(int call, int calls, ReadOnlySpan<float> latent, ReadOnlySpan<float> denoised);

/// <summary>Runs a scheduler over one latent, as the pipelines of diffusers do.</summary>
public static class DiffusersSampling
{
    /// <summary>The latent that a text's image begins with: the generator's noise times <see cref="DiffusersScheduler.InitNoiseSigma"/>.</summary>
    /// <param name="scheduler">The scheduler; begins at its first call.</param>
    /// <param name="latent">Takes the latent.</param>
    /// <param name="draw">The image's generator.</param>
    public static void Start(DiffusersScheduler scheduler, Span<float> latent, DrawNoise draw)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(draw);
        scheduler.Begin();
        draw(latent);
        foreach (ref var value in latent) value *= scheduler.InitNoiseSigma;
    }

    /// <summary>The steps that are taken from an image: ⌊steps · strength⌋.</summary>
    /// <exception cref="ModelException">The strength leaves no step.</exception>
    public static int StepsFrom(int steps, double strength)
    {
        var left = int.Clamp((int)(steps * strength), 0, steps);
        return left > 0 ? left : throw new ModelException($"a denoising strength of {strength} leaves no step of {steps}", $"Set the strength to {1.0 / steps:0.###} or more, or make more steps");
    }

    /// <summary>The latent that an image's image begins with: noised to the first of the last ⌊steps · strength⌋ steps.</summary>
    /// <param name="scheduler">The scheduler; begins at that step.</param>
    /// <param name="steps">Steps that the scheduler was made for.</param>
    /// <param name="strength">Denoising strength, 0 to 1.</param>
    /// <param name="latent">The image's latent, scaled; takes the noised one.</param>
    /// <param name="draw">The image's generator, behind what the image's encoding drew.</param>
    /// <exception cref="ModelException">The strength leaves no step.</exception>
    public static void StartFrom(DiffusersScheduler scheduler, int steps, double strength, Span<float> latent, DrawNoise draw)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(draw);
        scheduler.Begin((steps - StepsFrom(steps, strength)) * scheduler.Order);
        var noise = new float[latent.Length];
        draw(noise);
        scheduler.AddNoise(latent, noise, latent);
    }

    /// <summary>Draws a latent of what a VAE's encoder says of an image: mean + deviation · noise, then scaled.</summary>
    /// <param name="mean">Mean, <c>[4, height, width]</c>; takes the latent.</param>
    /// <param name="logVariance">Log variance, as many.</param>
    /// <param name="scale">The latent scale.</param>
    /// <param name="draw">The image's generator: this is what it draws first.</param>
    public static void Sample(Span<float> mean, ReadOnlySpan<float> logVariance, double scale, DrawNoise draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var noise = new float[mean.Length];
        draw(noise);
        for (var i = 0; i < mean.Length; i++) mean[i] = (float)scale * (mean[i] + (MathF.Exp(0.5f * float.Clamp(logVariance[i], -30, 20)) * noise[i]));
    }

    /// <summary>Makes the calls from where the scheduler begins to the end.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="latent">Where it begins; takes each step's result.</param>
    /// <param name="predict">The model under its conditions.</param>
    /// <param name="draw">The image's generator.</param>
    /// <param name="observe">Sees each call, or <see langword="null"/>.</param>
    /// <param name="cancellation">Stops between two calls; the model stops within one.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Run(DiffusersScheduler scheduler, Span<float> latent, PredictNoise predict, DrawNoise draw, ObserveCall? observe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(predict);
        var input = new float[latent.Length];
        var noise = new float[latent.Length];
        var denoised = observe is null ? [] : new float[latent.Length];
        var calls = scheduler.Timesteps.Count - scheduler.Index;
        for (var call = 1; call <= calls; call++)
        {
            cancellation.ThrowIfCancellationRequested();
            scheduler.ScaleModelInput(latent, input);
            predict(input, scheduler.Timesteps[scheduler.Index], noise);
            if (observe is not null) scheduler.Denoise(noise, latent, denoised);
            scheduler.Step(noise, latent, draw);
            observe?.Invoke(call, calls, latent, denoised);
        }
    }
}
