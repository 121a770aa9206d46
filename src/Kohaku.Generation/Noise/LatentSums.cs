using System.Numerics;
using System.Runtime.InteropServices;

namespace Kohaku.Generation.Noise;

/// <summary>Sums over latents, in fp32 and without allocation. A target may be one of the terms.</summary>
internal static class LatentSums
{
    /// <summary>target += x.</summary>
    public static void Add(ReadOnlySpan<float> x, Span<float> target)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x[..target.Length]);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += xs[i];
        for (var i = vectors.Length * Vector<float>.Count; i < target.Length; i++) target[i] += x[i];
    }

    /// <summary>target += a·x.</summary>
    public static void Add(double a, ReadOnlySpan<float> x, Span<float> target)
    {
        var scale = (float)a;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x[..target.Length]);
        for (var i = 0; i < vectors.Length; i++) vectors[i] += xs[i] * scale;
        for (var i = vectors.Length * Vector<float>.Count; i < target.Length; i++) target[i] += x[i] * scale;
    }

    /// <summary>target = a·x.</summary>
    public static void Scale(double a, ReadOnlySpan<float> x, Span<float> target)
    {
        var scale = (float)a;
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x[..target.Length]);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = xs[i] * scale;
        for (var i = vectors.Length * Vector<float>.Count; i < target.Length; i++) target[i] = x[i] * scale;
    }

    /// <summary>target = a·x + b·y.</summary>
    public static void Combine(double a, ReadOnlySpan<float> x, double b, ReadOnlySpan<float> y, Span<float> target)
    {
        var (first, second) = ((float)a, (float)b);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(target);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x[..target.Length]);
        var ys = MemoryMarshal.Cast<float, Vector<float>>(y[..target.Length]);
        for (var i = 0; i < vectors.Length; i++) vectors[i] = (xs[i] * first) + (ys[i] * second);
        for (var i = vectors.Length * Vector<float>.Count; i < target.Length; i++) target[i] = (x[i] * first) + (y[i] * second);
    }
}
