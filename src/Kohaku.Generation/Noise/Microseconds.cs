namespace Kohaku.Generation.Noise;

/// <summary>The grid a Brownian tree's times lie on: 10⁻⁶.</summary>
internal static class Microseconds
{
    private const int Grid = 1_000_000;

    /// <summary>Python's <c>round(x, 6)</c>: by the exact binary value, half to even. (A product with 10⁶ would be rounded before it is looked at.)</summary>
    /// <param name="value">From 0 to 2³².</param>
    public static double Round(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1075;
        if (exponent >= 0) return value;
        if (exponent < -120) return 0;

        var product = (UInt128)((bits & ((1UL << 52) - 1)) | (1UL << 52)) * Grid;
        var whole = product >> -exponent;
        var rest = product - (whole << -exponent);
        var half = UInt128.One << (-exponent - 1);
        if (rest > half || (rest == half && !UInt128.IsEvenInteger(whole))) whole++;
        return (double)(ulong)whole / Grid;
    }
}
