namespace Kohaku.Generation.Sampling;

/// <summary>Sees a step, for progress and previews: called once a step, when the step's first prediction is there. The spans are valid during the call alone.</summary>
/// <param name="step">From 0.</param>
/// <param name="x">The state before the step; with A1111's DDIM and UniPC, which go by times, the state after it.</param>
/// <param name="denoised">What the model takes the finished latent to be.</param>
public delegate void StepObserver(int step, ReadOnlySpan<float> x, ReadOnlySpan<float> denoised);
