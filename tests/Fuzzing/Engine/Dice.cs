namespace Kohaku.Fuzzing.Engine;

/// <summary>Choices that a seed and a number decide, on every machine alike: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).</summary>
internal sealed class Dice
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>The choices of one case.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="number">The case's number.</param>
    public Dice(ulong seed, long number) => _state = Mixed(seed + Golden) ^ Mixed((ulong)number * Golden);

    /// <summary>64 random bits.</summary>
    public ulong Bits() => Mixed(_state += Golden);

    /// <summary>A number from 0 to below a limit.</summary>
    public int Below(int limit) => limit <= 1 ? 0 : (int)Math.BigMul(Bits(), (ulong)limit, out _);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>A length up to a limit, short ones likelier.</summary>
    public int Length(int most) => Below(1 + Below(1 + most));

    /// <summary>One of some things.</summary>
    public T Pick<T>(params ReadOnlySpan<T> things) => things[Below(things.Length)];

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
