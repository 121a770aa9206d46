using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kohaku.Generation.Adapters;

/// <summary>Products of matrices in single precision, row-major.</summary>
internal static class MatrixProduct
{
    private const int RowsAtOnce = 4;

    /// <summary><c>c += a · b</c>.</summary>
    /// <param name="a"><c>[rows, inner]</c>.</param>
    /// <param name="b"><c>[inner, columns]</c>.</param>
    /// <param name="c"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="inner">Columns of a, rows of b.</param>
    /// <param name="columns">Columns of b and c.</param>
    /// <remarks>Four rows and two vectors of c stay in registers over all of <paramref name="inner"/>; the strip of b that they need stays in the first cache.</remarks>
    public static unsafe void Add(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int inner, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(a.Length, rows * inner, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(b.Length, inner * columns, nameof(b));
        ArgumentOutOfRangeException.ThrowIfLessThan(c.Length, rows * columns, nameof(c));
        var strip = 2 * Vector<float>.Count;
        fixed (float* left = a, right = b, sum = c)
        {
            var column = 0;
            for (; column <= columns - strip; column += strip)
            {
                var row = 0;
                for (; row <= rows - RowsAtOnce; row += RowsAtOnce) AddBlock(left + (row * inner), right + column, sum + ((long)row * columns) + column, inner, columns);
                for (; row < rows; row++) AddRow(left + (row * inner), right + column, sum + ((long)row * columns) + column, inner, columns);
            }

            for (; column < columns; column++)
            {
                for (var row = 0; row < rows; row++)
                {
                    var total = 0f;
                    for (var k = 0; k < inner; k++) total += left[(row * inner) + k] * right[((long)k * columns) + column];
                    sum[((long)row * columns) + column] += total;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddBlock(float* a, float* b, float* c, int inner, long columns)
    {
        var width = Vector<float>.Count;
        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        for (var k = 0; k < inner; k++, b += columns)
        {
            var b0 = Vector.Load(b);
            var b1 = Vector.Load(b + width);
            var factor = new Vector<float>(a[k]);
            s00 = Vector.FusedMultiplyAdd(factor, b0, s00);
            s01 = Vector.FusedMultiplyAdd(factor, b1, s01);
            factor = new Vector<float>(a[inner + k]);
            s10 = Vector.FusedMultiplyAdd(factor, b0, s10);
            s11 = Vector.FusedMultiplyAdd(factor, b1, s11);
            factor = new Vector<float>(a[(2 * inner) + k]);
            s20 = Vector.FusedMultiplyAdd(factor, b0, s20);
            s21 = Vector.FusedMultiplyAdd(factor, b1, s21);
            factor = new Vector<float>(a[(3 * inner) + k]);
            s30 = Vector.FusedMultiplyAdd(factor, b0, s30);
            s31 = Vector.FusedMultiplyAdd(factor, b1, s31);
        }

        AddTo(c, s00, s01);
        AddTo(c + columns, s10, s11);
        AddTo(c + (2 * columns), s20, s21);
        AddTo(c + (3 * columns), s30, s31);
    }

    private static unsafe void AddRow(float* a, float* b, float* c, int inner, long columns)
    {
        Vector<float> s0 = default, s1 = default;
        for (var k = 0; k < inner; k++, b += columns)
        {
            var factor = new Vector<float>(a[k]);
            s0 = Vector.FusedMultiplyAdd(factor, Vector.Load(b), s0);
            s1 = Vector.FusedMultiplyAdd(factor, Vector.Load(b + Vector<float>.Count), s1);
        }

        AddTo(c, s0, s1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void AddTo(float* c, Vector<float> first, Vector<float> second)
    {
        Vector.Store(Vector.Load(c) + first, c);
        Vector.Store(Vector.Load(c + Vector<float>.Count) + second, c + Vector<float>.Count);
    }
}
