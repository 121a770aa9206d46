namespace Kohaku.Generation.Noise;

/// <summary>Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3") with Box–Muller, as torch draws on a graphics card and A1111's <c>NV</c> computes it.</summary>
public sealed class PhiloxGenerator : NoiseGenerator
{
    private const int Rounds = 10;

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
        for (var i = 0; i < values.Length; i++)
        {
            var (x, y) = Words((uint)i);
            var uniform = (x * Fraction) + (Fraction / 2);
            var angle = (y * Turn) + (Turn / 2);
            values[i] = (float)(Math.Sqrt(-2 * Math.Log(uniform)) * Math.Sin(angle));
        }

        _call++;
    }

    /// <inheritdoc/>
    public override void Skip(int count) => _call++;

    private (uint First, uint Second) Words(uint index)
    {
        uint a = _call, b = 0, c = index, d = 0;
        uint low = (uint)_seed, high = (uint)(_seed >> 32);
        unchecked
        {
            for (var round = 0; round < Rounds; round++)
            {
                var first = (ulong)a * 0xD2511F53;
                var second = (ulong)c * 0xCD9E8D57;
                (a, b, c, d) = ((uint)(second >> 32) ^ b ^ low, (uint)second, (uint)(first >> 32) ^ d ^ high, (uint)first);
                low += 0x9E3779B9;
                high += 0xBB67AE85;
            }
        }

        return (a, b);
    }
}
