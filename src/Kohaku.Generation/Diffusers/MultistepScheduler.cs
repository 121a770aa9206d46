namespace Kohaku.Generation.Diffusers;

/// <summary>What the multistep solvers share: x = α·(x₀ + σ·noise) with α = 1/√(σ²+1), and the x₀ of earlier calls.</summary>
/// <param name="timesteps">Timesteps.</param>
/// <param name="sigmas">Noise levels.</param>
/// <param name="memory">How many x₀ are kept.</param>
internal abstract class MultistepScheduler(float[] timesteps, float[] sigmas, int memory) : DiffusersScheduler(timesteps, sigmas, 1)
{
    private readonly List<float[]> _originals = [];

    public override void AddNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> noise, Span<float> result)
    {
        double sigma = Sigmas[Index];
        Combine(AlphaOf(sigma), original, sigma * AlphaOf(sigma), noise, result);
    }

    /// <summary>x₀ of the calls, the latest first.</summary>
    protected IReadOnlyList<float[]> Originals => _originals;

    protected override void Reset() => _originals.Clear();

    /// <summary>α of a noise level.</summary>
    protected static double AlphaOf(double sigma) => 1 / Math.Sqrt((sigma * sigma) + 1);

    /// <summary>x ·= a.</summary>
    protected static void Scale(Span<float> x, double a)
    {
        var factor = (float)a;
        for (var i = 0; i < x.Length; i++) x[i] *= factor;
    }

    /// <summary>x₀ of this call: (x − σₜ·noise)/α.</summary>
    protected void Original(ReadOnlySpan<float> noise, ReadOnlySpan<float> sample, Span<float> original)
    {
        double sigma = Sigmas[Index];
        Combine(1 / AlphaOf(sigma), sample, -sigma, noise, original);
    }

    /// <summary>Keeps an x₀ as the latest.</summary>
    protected void Keep(ReadOnlySpan<float> original)
    {
        var kept = _originals.Count == memory ? _originals[^1] : new float[original.Length];
        if (_originals.Count == memory) _originals.RemoveAt(memory - 1);
        original.CopyTo(kept);
        _originals.Insert(0, kept);
    }
}
