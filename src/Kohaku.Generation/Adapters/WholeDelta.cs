using System.Buffers;
using Kohaku.Files;

namespace Kohaku.Generation.Adapters;

/// <summary>A difference that the file has as it is: <c>diff</c>, <c>diff_b</c>, <c>w_norm</c>, <c>b_norm</c>. Read in rows, for it is as large as the weight.</summary>
/// <param name="file">The adapter.</param>
/// <param name="tensor">The difference.</param>
/// <param name="columns">Numbers of a row.</param>
/// <param name="scale">The file's <c>scale</c>, mostly 1.</param>
internal sealed class WholeDelta(AdapterFile file, TensorInfo tensor, int columns, float scale) : Delta
{
    /// <summary>Checks a module's difference against what it must fit.</summary>
    /// <returns>Reads it; null where the module has none.</returns>
    public static Func<Delta>? Plan(AdapterModule module, DeltaTarget target, AdapterPart part)
    {
        if (!module.Has(part)) return null;

        var tensor = module.Need(part);
        if (tensor.Shape is not [var rows, .. var rest] || rows != target.Rows || AdapterFile.Count(rest) != target.Columns) throw module.Misfit(tensor, target.Name, target.Shape);
        return () => new WholeDelta(module.File, tensor, target.Columns, (float)(part == AdapterPart.Diff ? module.Scale(null) : 1));
    }

    /// <inheritdoc/>
    public override void Add(int first, int count, float factor, Span<float> sum)
    {
        var size = count * columns;
        var rows = ArrayPool<float>.Shared.Rent(size);
        file.Read(tensor, (long)first * columns, rows.AsSpan(0, size));
        for (var i = 0; i < size; i++) sum[i] += rows[i] * scale * factor;
        ArrayPool<float>.Shared.Return(rows);
    }
}

/// <summary>Several differences of one module.</summary>
internal sealed class SumDelta(IReadOnlyList<Delta> parts) : Delta
{
    /// <inheritdoc/>
    public override void Add(int first, int count, float factor, Span<float> sum)
    {
        foreach (var part in parts) part.Add(first, count, factor, sum);
    }
}
