namespace Kohaku.Generation.Diffusers;

/// <summary>Fills a latent with the next numbers of a generator: normal, mean 0, variance 1.</summary>
/// <param name="noise"><c>[4, height, width]</c>.</param>
public delegate void DrawNoise(Span<float> noise);

/// <summary>A scheduler of diffusers over one latent. Calls go in order: <see cref="Begin"/>, then <see cref="ScaleModelInput"/> and <see cref="Step"/> in turn for each timestep.</summary>
/// <param name="timesteps">A timestep for each call of the model.</param>
/// <param name="sigmas">A noise level for each call and the last; empty where the scheduler has none.</param>
/// <param name="initNoiseSigma">What the first noise is multiplied with.</param>
/// <param name="order">Calls of the model a step.</param>
public abstract class DiffusersScheduler(float[] timesteps, float[] sigmas, float initNoiseSigma, int order = 1)
{
    /// <summary>A timestep for each call of the model.</summary>
    public IReadOnlyList<float> Timesteps => timesteps;

    /// <summary>A noise level for each call and the last; empty where the scheduler has none.</summary>
    public IReadOnlyList<float> Sigmas => sigmas;

    /// <summary>What the first noise is multiplied with.</summary>
    public float InitNoiseSigma { get; } = initNoiseSigma;

    /// <summary>Calls of the model a step: 2 for Heun and DPM2, whose last step needs one only.</summary>
    public int Order { get; } = order;

    /// <summary>The call that comes next.</summary>
    public int Index { get; private set; }

    /// <summary>Where the run began.</summary>
    protected int First { get; private set; }

    /// <summary>Starts anew at a call: 0, or later for an image to start from.</summary>
    public void Begin(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, timesteps.Length);
        Index = index;
        First = index;
        Reset();
    }

    /// <summary>What the model gets.</summary>
    /// <param name="sample">The latent.</param>
    /// <param name="input">Takes the model's input.</param>
    public virtual void ScaleModelInput(ReadOnlySpan<float> sample, Span<float> input) => sample.CopyTo(input);

    /// <summary>Goes from a timestep to the next.</summary>
    /// <param name="noise">The predicted noise, guidance applied.</param>
    /// <param name="sample">The latent; takes the next one.</param>
    /// <param name="draw">The image's generator.</param>
    public void Step(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw)
    {
        Advance(noise, sample, draw);
        Index++;
    }

    /// <summary>Noises a latent to the call where the run begins.</summary>
    /// <param name="original">The latent.</param>
    /// <param name="noise">Noise of variance 1.</param>
    /// <param name="result">Takes the noised latent.</param>
    public abstract void AddNoise(ReadOnlySpan<float> original, ReadOnlySpan<float> noise, Span<float> result);

    /// <summary>One call's step, at <see cref="Index"/>.</summary>
    protected abstract void Advance(ReadOnlySpan<float> noise, Span<float> sample, DrawNoise draw);

    /// <summary>Forgets what was kept of earlier calls.</summary>
    protected virtual void Reset()
    {
    }

    /// <summary>result = a·x + b·y.</summary>
    protected static void Combine(double a, ReadOnlySpan<float> x, double b, ReadOnlySpan<float> y, Span<float> result)
    {
        var (first, second) = ((float)a, (float)b);
        y = y[..x.Length];
        result = result[..x.Length];
        for (var i = 0; i < x.Length; i++) result[i] = (first * x[i]) + (second * y[i]);
    }

    /// <summary>x += a·y.</summary>
    protected static void Add(Span<float> x, double a, ReadOnlySpan<float> y) => Combine(1, x, a, y, x);
}
