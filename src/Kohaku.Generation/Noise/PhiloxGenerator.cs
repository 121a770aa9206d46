using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kohaku.Generation.Noise;

/// <summary>Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") with Box–Muller, as torch draws on a graphics card and A1111's <c>NV</c> computes it.</summary>
public sealed class PhiloxGenerator : NoiseGenerator
{
    private const int Rounds = 10;
    private const int Lanes = 4;
    private const uint LowStep = 0x9E3779B9;
    private const uint HighStep = 0xBB67AE85;

    // 2⁻³² and 2π·2⁻³² as fp32 has them: their rounding is part of the numbers.
    private const double Fraction = 2.3283064e-10f;
    private const double Turn = 2.3283064e-10f * 6.2831855f;

    private ulong _seed;
    private uint _call;

    /// <summary>A generator at its start.</summary>
    /// <param name="seed">All its bits count.</param>
    public PhiloxGenerator(ulong seed) => _seed = seed;

    /// <inheritdoc/>
    public override void Reset(ulong seed)
    {
        _seed = seed;
        _call = 0;
    }

    /// <inheritdoc/>
    public override void Fill(Span<float> values)
    {
        var whole = values.Length / Lanes * Lanes;
        ref var start = ref MemoryMarshal.GetReference(values);
        for (var i = 0; i < whole; i += Lanes) Normals((uint)i).StoreUnsafe(ref start, (nuint)i);
        if (whole < values.Length)
        {
            var last = Normals((uint)whole);
            for (var i = whole; i < values.Length; i++) values[i] = last[i - whole];
        }

        _call++;
    }

    /// <inheritdoc/>
    public override void Skip(int count) => _call++;

    /// <summary>Numbers index to index + 3 of this call: Box–Muller's first half, in fp64 and rounded.</summary>
    private Vector128<float> Normals(uint index)
    {
        var (x, y) = Words(index);
        var uniform = (AsDouble(x) * Fraction) + Vector256.Create(Fraction / 2);
        var angle = (AsDouble(y) * Turn) + Vector256.Create(Turn / 2);
        var normal = Vector256.Sqrt(Vector256.Log(uniform) * -2) * Vector256.Sin(angle);
        return Vector128.Narrow(normal.GetLower(), normal.GetUpper());
    }

    /// <summary>The first two words at four counters side by side, each in the low half of its lane.</summary>
    private (Vector256<ulong> First, Vector256<ulong> Second) Words(uint index)
    {
        var half = Vector256.Create<ulong>(uint.MaxValue);
        var a = Vector256.Create<ulong>(_call);
        var c = Vector256.Create<ulong>(index) + Vector256.Create(0UL, 1, 2, 3);
        var (b, d) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
        var (low, high) = ((uint)_seed, (uint)(_seed >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            var first = Multiply(a, 0xD2511F53);
            var second = Multiply(c, 0xCD9E8D57);
            a = (second >>> 32) ^ b ^ Vector256.Create<ulong>(low);
            b = second & half;
            c = (first >>> 32) ^ d ^ Vector256.Create<ulong>(high);
            d = first & half;
            low = unchecked(low + LowStep);
            high = unchecked(high + HighStep);
        }

        return (a, b);
    }

    private static Vector256<ulong> Multiply(Vector256<ulong> words, uint factor) =>
        Avx2.IsSupported ? Avx2.Multiply(words.AsUInt32(), Vector256.Create(factor)) : words * factor;

    /// <summary>Numbers below 2³², exactly: as the last digits of 2⁵².</summary>
    private static Vector256<double> AsDouble(Vector256<ulong> words) =>
        (words | Vector256.Create(0x4330000000000000UL)).AsDouble() - Vector256.Create(Math.ScaleB(1, 52));
}
