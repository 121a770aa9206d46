namespace Kohaku.Generation.Noise;

/// <summary>Normally distributed numbers (mean 0, variance 1) from a seed, as a reference program draws them. Not for use by several threads at once.</summary>
public abstract class NoiseGenerator
{
    /// <summary>A generator at its start.</summary>
    /// <param name="kind">Whose numbers.</param>
    /// <param name="seed">The seed.</param>
    public static NoiseGenerator Create(GeneratorKind kind, ulong seed) => kind switch
    {
        GeneratorKind.Torch => new TorchGenerator(seed),
        GeneratorKind.Philox => new PhiloxGenerator(seed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such generator"),
    };

    /// <summary>Begins anew, as if just made with the seed.</summary>
    public abstract void Reset(ulong seed);

    /// <summary>Draws: one call of torch's <c>randn</c>. Two calls of n and m numbers are not one call of n + m.</summary>
    /// <param name="values">Takes the numbers; row-major for a tensor.</param>
    public abstract void Fill(Span<float> values);

    /// <summary>Leaves the generator where <see cref="Fill"/> with so many numbers would, at a fraction of the time.</summary>
    /// <param name="count">How many numbers are not wanted.</param>
    public abstract void Skip(int count);
}
