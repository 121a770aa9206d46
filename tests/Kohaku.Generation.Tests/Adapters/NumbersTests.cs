using System.Runtime.InteropServices;
using Kohaku.Generation.Adapters;

namespace Kohaku.Generation.Tests.Adapters;

public sealed class NumbersTests
{
    [Fact]
    public void Every_half_is_read_as_the_runtime_reads_it()
    {
        var halves = new ushort[65536 + 3];
        for (var i = 0; i < halves.Length; i++) halves[i] = (ushort)i;
        var values = new float[halves.Length];
        Numbers.Read("F16", MemoryMarshal.AsBytes<ushort>(halves), values);
        for (var i = 0; i < halves.Length; i++)
        {
            var expected = (float)BitConverter.UInt16BitsToHalf(halves[i]);
            Assert.True(expected.Equals(values[i]) && float.IsNegative(expected) == float.IsNegative(values[i]), $"{i:x}: {expected} and {values[i]}");
        }
    }

    [Fact]
    public void Every_half_and_what_lies_between_is_written_as_the_runtime_writes_it()
    {
        var values = new List<float>();
        for (var i = 0; i < 65536; i++)
        {
            var value = (float)BitConverter.UInt16BitsToHalf((ushort)i);
            var next = (float)BitConverter.UInt16BitsToHalf((ushort)((i & 0x7FFF) >= 0x7BFF ? i : i + 1));
            var middle = (float)((value + (double)next) / 2);
            values.AddRange([value, middle, MathF.BitIncrement(middle), MathF.BitDecrement(middle), MathF.BitIncrement(value), MathF.BitDecrement(value)]);
        }

        values.AddRange([65519.996f, 65520, 65536, 1e30f, -1e30f, float.Epsilon, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity]);
        var halves = new ushort[values.Count];
        Numbers.Write("F16", values.ToArray(), MemoryMarshal.AsBytes(halves.AsSpan()));
        for (var i = 0; i < halves.Length; i++)
        {
            var expected = BitConverter.HalfToUInt16Bits((Half)values[i]);
            Assert.True(expected == halves[i] || (Half.IsNaN((Half)values[i]) && Half.IsNaN(BitConverter.UInt16BitsToHalf(halves[i]))), $"{values[i]:R}: {expected:x} and {halves[i]:x}");
        }
    }

    [Fact]
    public void Bfloat16_is_rounded_to_the_nearest_even()
    {
        float[] values = [1, 1.00390625f, 1.01171875f, -2.5f, float.NaN, float.PositiveInfinity, 0];
        var bytes = new byte[values.Length * 2];
        Numbers.Write("BF16", values, bytes);
        var read = new float[values.Length];
        Numbers.Read("BF16", bytes, read);
        Assert.Equal([1, 1, 1.015625f, -2.5f, float.NaN, float.PositiveInfinity, 0], read);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 3, 16)]
    [InlineData(7, 5, 37)]
    [InlineData(13, 33, 100)]
    public void A_product_of_matrices_is_added(int rows, int inner, int columns)
    {
        var (a, b, c) = (AdapterFixture.Random("a", rows, inner), AdapterFixture.Random("b", inner, columns), AdapterFixture.Random("c", rows, columns));
        var sum = c.ToArray();
        MatrixProduct.Add(a, b, sum, rows, inner, columns);
        for (var i = 0; i < sum.Length; i++)
        {
            var expected = c[i] + Enumerable.Range(0, inner).Sum(k => (double)a[(i / columns * inner) + k] * b[(k * columns) + (i % columns)]);
            Assert.Equal(expected, sum[i], 1e-5);
        }
    }
}
