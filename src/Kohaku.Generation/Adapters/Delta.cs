namespace Kohaku.Generation.Adapters;

/// <summary>What an adapter adds to a weight, ΔW, computed in rows so that it is never whole in memory.</summary>
/// <remarks>A weight is a matrix here: <c>[out, in · kh · kw]</c>; a vector has one column.</remarks>
internal abstract class Delta
{
    /// <summary>Adds rows of ΔW, α and rank included; threads may do so side by side.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="factor">What they are multiplied by.</param>
    /// <param name="sum">Takes them, <c>[count, columns]</c>.</param>
    public abstract void Add(int first, int count, float factor, Span<float> sum);
}

/// <summary>What a delta must fit.</summary>
/// <param name="Name">The checkpoint's tensor, for messages.</param>
/// <param name="Shape">Its shape, or that of the module's part of it, as a linear layer or a convolution has it.</param>
internal sealed record DeltaTarget(string Name, long[] Shape)
{
    /// <summary>Outputs.</summary>
    public int Rows { get; } = Shape is [var rows, ..] ? (int)rows : 1;

    /// <summary>Numbers of each output: inputs, times the kernel's of a convolution.</summary>
    public int Columns { get; } = (int)(Shape is [_, .. var rest] ? AdapterFile.Count(rest) : 1);

    /// <summary>Inputs.</summary>
    public int Inputs { get; } = Shape is [_, var inputs, ..] ? (int)inputs : 1;

    /// <summary>Numbers of a convolution's kernel; 1 for a linear layer.</summary>
    public int Kernel { get; } = (int)(Shape is [_, _, .. var kernel] ? AdapterFile.Count(kernel) : 1);
}

/// <summary>Products of an adapter's small matrices.</summary>
internal static class Factors
{
    /// <summary>A matrix with its sides exchanged.</summary>
    /// <param name="values"><c>[rows, columns]</c>.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static float[] Transpose(float[] values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) turned[((long)column * rows) + row] = values[((long)row * columns) + column];
        }

        return turned;
    }

    /// <summary>Tucker's core into the right factor: <c>out[i, c, k] = Σⱼ core[i, j, k] · right[j, c]</c>.</summary>
    /// <param name="core"><c>[left, inner, kernel]</c>.</param>
    /// <param name="right"><c>[inner, inputs]</c>.</param>
    /// <param name="left">The core's first side.</param>
    /// <param name="inner">Its second.</param>
    /// <param name="inputs">Inputs.</param>
    /// <param name="kernel">Numbers of the kernel.</param>
    /// <returns><c>[left, inputs, kernel]</c>.</returns>
    public static float[] Core(float[] core, float[] right, int left, int inner, int inputs, int kernel)
    {
        // As [inputs, inner] times [inner, kernel] for each i.
        var turned = Transpose(right, inner, inputs);
        var result = new float[(long)left * inputs * kernel];
        for (var i = 0; i < left; i++)
            MatrixProduct.Add(turned, core.AsSpan(i * inner * kernel, inner * kernel), result.AsSpan(i * inputs * kernel, inputs * kernel), inputs, inner, kernel);
        return result;
    }

    /// <summary>A copy of rows, multiplied.</summary>
    public static void Scaled(ReadOnlySpan<float> rows, float factor, Span<float> result)
    {
        for (var i = 0; i < rows.Length; i++) result[i] = rows[i] * factor;
    }
}
