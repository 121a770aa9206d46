namespace Kohaku.Generation.Schedules;

/// <summary>The noise levels a model was trained at, and how a program finds the time of a level and the level at a time.</summary>
/// <remarks>The model's βs are linspace(√0.00085, √0.012, 1000)², squared and multiplied up in fp64; σ = √((1 − ᾱ) / ᾱ). SDXL.</remarks>
public abstract class NoiseTable
{
    /// <summary>Times of the model: 0 to 999.</summary>
    public const int Times = 1000;

    private readonly float[] _sigmas;
    private readonly float[] _logs;

    private protected NoiseTable(float[] sigmas, float[] logs) => (_sigmas, _logs) = (sigmas, logs);

    /// <summary>A1111's: times between two levels are interpolated, log-linearly in σ.</summary>
    public static NoiseTable A1111 { get; } = new InterpolatedTable();

    /// <summary>A1111's for LCM: the 50 times 19, 39, …, 999 that a consistency model was distilled at.</summary>
    public static NoiseTable A1111Lcm { get; } = new LcmTable();

    /// <summary>ComfyUI's: the time of a level is the integer whose log σ is nearest.</summary>
    public static NoiseTable Comfy { get; } = new ComfyTable();

    /// <summary>The levels, rising.</summary>
    public ReadOnlySpan<float> Sigmas => _sigmas;

    /// <summary>The lowest level.</summary>
    public float SigmaMin => _sigmas[0];

    /// <summary>The highest level.</summary>
    public float SigmaMax => _sigmas[^1];

    /// <summary>Logarithms of the levels.</summary>
    private protected ReadOnlySpan<float> Logs => _logs;

    /// <summary>The time the model is told for a level, 0 to 999; fractional in <see cref="A1111"/>.</summary>
    public abstract float TimeOf(float sigma);

    /// <summary>The level at a time, which may be fractional.</summary>
    public virtual float SigmaAt(float time) => AtIndex(time);

    /// <summary>ᾱ of each time, in fp64.</summary>
    internal static double[] AlphaProducts()
    {
        var (first, last) = (Math.Sqrt(0.00085), Math.Sqrt(0.012));
        var products = new double[Times];
        var product = 1.0;
        for (var i = 0; i < Times; i++)
        {
            var root = first + ((last - first) * i / (Times - 1));
            products[i] = product *= 1 - (root * root);
        }

        return products;
    }

    /// <summary>Interpolates the logarithms at a fractional index, in fp32 (k-diffusion, <c>DiscreteSchedule.t_to_sigma</c>).</summary>
    private protected float AtIndex(float index)
    {
        index = Math.Clamp(index, 0, _logs.Length - 1);
        var low = (int)index;
        var part = index - low;
        return (float)Math.Exp(((1 - part) * _logs[low]) + (part * _logs[(int)MathF.Ceiling(index)]));
    }

    /// <summary>The index whose logarithm is nearest; of two, the lower.</summary>
    private protected int NearestIndex(float sigma)
    {
        var log = (float)Math.Log(sigma);
        var best = 0;
        for (var i = 1; i < _logs.Length; i++)
        {
            if (MathF.Abs(log - _logs[i]) < MathF.Abs(log - _logs[best])) best = i;
        }

        return best;
    }

    private protected static float[] LogsOf(float[] sigmas) => Array.ConvertAll(sigmas, sigma => (float)Math.Log(sigma));
}
