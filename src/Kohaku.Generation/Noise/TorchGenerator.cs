using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kohaku.Generation.Noise;

/// <summary>torch's CPU generator and its <c>normal_</c> in fp32 (ATen/native/cpu/DistributionTemplates.h, ATen/core/DistributionsHelper.h).</summary>
public sealed class TorchGenerator : NoiseGenerator
{
    private const int Block = 16;
    private const double TwoPi = 2 * Math.PI;

    private readonly MersenneTwister _twister;
    private double? _kept;

    /// <summary>A generator at its start.</summary>
    /// <param name="seed">Only its low 32 bits count.</param>
    public TorchGenerator(ulong seed) => _twister = new MersenneTwister((uint)seed);

    /// <inheritdoc/>
    public override void Reset(ulong seed)
    {
        _twister.Reset((uint)seed);
        _kept = null;
    }

    /// <inheritdoc/>
    public override void Fill(Span<float> values)
    {
        if (values.Length < Block)
        {
            for (var i = 0; i < values.Length; i++) values[i] = (float)NextNormal();
            return;
        }

        _twister.FillUniform(values);
        var whole = values.Length / Block * Block;
        for (var start = 0; start < whole; start += Block) Transform(values.Slice(start, Block));
        if (whole == values.Length) return;

        // The last places are drawn anew, those of the block before among them.
        var last = values[^Block..];
        _twister.FillUniform(last);
        Transform(last);
    }

    /// <inheritdoc/>
    public override void Skip(int count)
    {
        if (count < Block)
        {
            for (var i = 0; i < count; i++) NextNormal();
            return;
        }

        _twister.Skip(count);
        if (count % Block != 0) _twister.Skip(Block);
    }

    /// <summary>Box–Muller over 16 uniform numbers: the first eight give the radius, the others the angle. Each operation is rounded to fp32, as there.</summary>
    private static void Transform(Span<float> block)
    {
        ref var start = ref MemoryMarshal.GetReference(block);
        var radius = Vector256<float>.One - Vector256.LoadUnsafe(ref start);
        var (low, high) = Vector256.Widen(radius);
        radius = Vector256.Sqrt(Vector256.Narrow(Vector256.Log(low), Vector256.Log(high)) * -2f);

        (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref start, Block / 2) * (float)TwoPi);
        var (lowSine, lowCosine) = Vector256.SinCos(low);
        var (highSine, highCosine) = Vector256.SinCos(high);
        (radius * Vector256.Narrow(lowCosine, highCosine)).StoreUnsafe(ref start);
        (radius * Vector256.Narrow(lowSine, highSine)).StoreUnsafe(ref start, Block / 2);
    }

    /// <summary>One number by the path of small tensors, in fp64: pairs, of which the second is kept also across calls.</summary>
    private double NextNormal()
    {
        if (_kept is { } kept)
        {
            _kept = null;
            return kept;
        }

        var angle = TwoPi * NextDouble();
        var radius = Math.Sqrt(-2 * LogOnePlus(-NextDouble()));
        _kept = radius * Math.Sin(angle);
        return radius * Math.Cos(angle);
    }

    private double NextDouble()
    {
        var high = _twister.Next();
        var low = _twister.Next();
        return ((((ulong)high << 32) | low) & ((1UL << 53) - 1)) * Math.ScaleB(1, -53);
    }

    /// <summary>log(1 + x) for −1 &lt; x ≤ 0, exact where x is small (Kahan).</summary>
    private static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * (x / (sum - 1));
    }
}
