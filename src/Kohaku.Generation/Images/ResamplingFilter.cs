using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Generation.Images;

/// <summary>A filter that images are resized with, as Pillow has them (src/libImaging/Resample.c).</summary>
public sealed class ResamplingFilter
{
    private readonly Func<double, double>? _weight;

    private ResamplingFilter(string name, double support, Func<double, double>? weight) => (Name, Support, _weight) = (name, support, weight);

    /// <summary>The nearest pixel.</summary>
    public static ResamplingFilter Nearest { get; } = new("Nearest", 0, null);

    /// <summary>The mean of the pixels covered.</summary>
    public static ResamplingFilter Box { get; } = new("Box", 0.5, static x => x is > -0.5 and <= 0.5 ? 1 : 0);

    /// <summary>Linear.</summary>
    public static ResamplingFilter Bilinear { get; } = new("Bilinear", 1, static x => Math.Max(0, 1 - Math.Abs(x)));

    /// <summary>Sharper than <see cref="Bilinear"/>, as smooth as <see cref="Bicubic"/> where it makes smaller.</summary>
    public static ResamplingFilter Hamming { get; } = new("Hamming", 1, static x => x == 0 ? 1 : Math.Abs(x) >= 1 ? 0 : Sinc(x) * (0.54 + 0.46 * Math.Cos(Math.PI * x)));

    /// <summary>Cubic, a = −½.</summary>
    public static ResamplingFilter Bicubic { get; } = new("Bicubic", 2, Cubic);

    /// <summary>A windowed sinc over three lobes.</summary>
    public static ResamplingFilter Lanczos { get; } = new("Lanczos", 3, static x => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0);

    /// <summary>All of them, the one that is meant most often first.</summary>
    public static IReadOnlyList<ResamplingFilter> All { get; } = [Lanczos, Bicubic, Bilinear, Nearest, Box, Hamming];

    /// <summary>As parameters write it.</summary>
    public string Name { get; }

    /// <summary>How far it reaches, in pixels of the larger of both images.</summary>
    public double Support { get; }

    /// <summary>Finds a filter by its name, in any case.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out ResamplingFilter? filter)
    {
        filter = All.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return filter is not null;
    }

    /// <summary>The weight of a pixel at a distance; not for <see cref="Nearest"/>.</summary>
    internal double Weight(double distance) => _weight!(distance);

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);

    private static double Cubic(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
}
