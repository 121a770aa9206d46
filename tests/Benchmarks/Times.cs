using System.Globalization;

namespace Kohaku.Benchmarks;

/// <summary>Times by rank, in milliseconds.</summary>
internal readonly record struct Times(int Count, double Median, double P90, double P99, double P999, double Worst)
{
    /// <summary>Ranks of these times, which are sorted by it.</summary>
    public static Times Of(double[] times)
    {
        Array.Sort(times);
        return new Times(times.Length, At(0.5), At(0.9), At(0.99), At(0.999), times[^1]);

        double At(double part) => times[(int)((times.Length - 1) * part)];
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {Median:F2} ms, **p99 {P99:F2} ms**, worst {Worst:F1} ms");
}
