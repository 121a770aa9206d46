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
        for (var i = 0; i < Block / 2; i++)
        {
            var log = (float)Math.Log(1f - block[i]);
            var radius = MathF.Sqrt(-2f * log);
            var (sine, cosine) = Math.SinCos((float)TwoPi * block[i + (Block / 2)]);
            block[i] = radius * (float)cosine;
            block[i + (Block / 2)] = radius * (float)sine;
        }
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
