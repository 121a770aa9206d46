namespace Kohaku.Generation.Pipeline;

/// <summary>Sees a step of a pass.</summary>
/// <param name="step">From 0.</param>
/// <param name="denoised">What the finished latent may be, scaled, <c>[4, height, width]</c>; during the call alone.</param>
internal delegate void PassObserver(int step, ReadOnlySpan<float> denoised);

/// <summary>The way from noise, or from a latent, to a latent: known before any model is asked.</summary>
internal abstract class Pass
{
    /// <summary>Steps that will be taken.</summary>
    public abstract int Steps { get; }

    /// <summary>Its levels and times, and the calls of the model that prompt editing counts on.</summary>
    public abstract PassPlan Plan { get; }

    /// <summary>The guidance scale that the pass works with.</summary>
    /// <param name="scale">What was asked for.</param>
    public virtual double GuidanceOf(double scale) => scale;

    /// <summary>Runs it for one image.</summary>
    /// <param name="model">Guidance, its calls at 0.</param>
    /// <param name="start">What it starts from; <see langword="null"/> is noise alone.</param>
    /// <param name="count">Numbers of the latent.</param>
    /// <param name="seed">The image's seed.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="cancellation">Stops before the next call of the model.</param>
    /// <returns>The latent, scaled.</returns>
    public abstract float[] Run(Guidance model, StartLatent? start, int count, ulong seed, PassObserver observer, CancellationToken cancellation);
}
