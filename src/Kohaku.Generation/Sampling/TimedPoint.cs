namespace Kohaku.Generation.Sampling;

/// <summary>A place on the way of a sampler that keeps variance: x = α·image + δ·noise.</summary>
/// <param name="Time">The time the model is told.</param>
/// <param name="Alpha">How much of the image, √ᾱ.</param>
/// <param name="Deviation">How much noise, √(1 − ᾱ).</param>
internal readonly record struct TimedPoint(float Time, double Alpha, double Deviation)
{
    /// <summary>Half the logarithm of the signal-to-noise ratio.</summary>
    public double Lambda => Math.Log(Alpha) - Math.Log(Deviation);
}
