using Kohaku.Generation.Noise;
using Kohaku.Generation.Schedules;

namespace Kohaku.Generation.Sampling;

/// <summary>A model that predicts noise, asked for a denoised latent at a noise level (k-diffusion, <c>DiscreteEpsDDPMDenoiser</c>).</summary>
internal sealed class Denoiser(IEpsilonModel model, NoiseTable table, int count, CancellationToken cancellation)
{
    // A consistency model's boundary condition: what it says counts less the closer to no noise (Luo et al. 2023, "Latent Consistency Models").
    private const double DataDeviation = 0.5;
    private const double TimeScale = 10;

    private readonly float[] _input = new float[count];
    private readonly float[] _noise = new float[count];

    /// <summary>x − σ·ε(x / √(σ² + 1), t(σ)).</summary>
    public void Denoise(ReadOnlySpan<float> x, float sigma, Span<float> denoised)
    {
        LatentSums.Scale(1 / MathF.Sqrt((sigma * sigma) + 1), x, _input);
        var time = table.TimeOf(sigma);
        Predict(_input, time, _noise);
        LatentSums.Combine(1, x, -sigma, _noise, denoised);
        if (table == NoiseTable.A1111Lcm) Bound(x, time, denoised);
    }

    /// <summary>The noise the model sees at a time.</summary>
    public void Predict(ReadOnlySpan<float> input, float time, Span<float> noise)
    {
        cancellation.ThrowIfCancellationRequested();
        model.Predict(input, time, noise);
    }

    private static void Bound(ReadOnlySpan<float> x, float time, Span<float> denoised)
    {
        var scaled = time * TimeScale;
        var square = (scaled * scaled) + (DataDeviation * DataDeviation);
        LatentSums.Combine(scaled / Math.Sqrt(square), denoised, DataDeviation * DataDeviation / square, x, denoised);
    }
}
