using System.Buffers;

namespace Kohaku.Generation.Adapters;

/// <summary>LoRA: ΔW = up · down · α/r (Hu et al. 2021); with a core, <c>mid[i, j]</c> with i to up and j to down (LyCORIS' LoCon after Tucker).</summary>
/// <param name="up"><c>[out, r]</c>.</param>
/// <param name="down"><c>[r, in · kernel]</c>, a core already in it.</param>
/// <param name="rank">r.</param>
/// <param name="columns">in · kernel.</param>
/// <param name="scale">α/r.</param>
internal sealed class LowRankDelta(float[] up, float[] down, int rank, int columns, float scale) : Delta
{
    /// <summary>Checks a module's LoRA against what it must fit.</summary>
    /// <returns>Reads it; null where the module has none.</returns>
    public static Func<Delta>? Plan(AdapterModule module, DeltaTarget target)
    {
        if (!module.Has(AdapterPart.Up) && !module.Has(AdapterPart.Down)) return null;

        var up = module.Need(AdapterPart.Up);
        var down = module.Need(AdapterPart.Down);
        var mid = module.Has(AdapterPart.Mid) ? module.Need(AdapterPart.Mid) : null;
        var downRank = (int)down.Shape[0];
        var upRank = up.Shape is [var rows, .. var rest] && rows == target.Rows ? (int)AdapterFile.Count(rest) : throw module.Misfit(up, target.Name, target.Shape);
        var inputs = (int)(AdapterFile.Count(down.Shape) / downRank);
        if (mid is null)
        {
            if (upRank != downRank) throw module.Misfit(up, down.Name, down.Shape);
            if (inputs != target.Columns) throw module.Misfit(down, target.Name, target.Shape);
            return () => new LowRankDelta(module.File.Read(up), module.File.Read(down), downRank, target.Columns, (float)module.Scale(downRank));
        }

        if (inputs != target.Inputs) throw module.Misfit(down, target.Name, target.Shape);
        if (mid.Shape is not [var left, var right, .. var kernel] || left != upRank || right != downRank) throw module.Misfit(mid, down.Name, down.Shape);
        if (AdapterFile.Count(kernel) != target.Kernel) throw module.Misfit(mid, target.Name, target.Shape);
        return () => new LowRankDelta(
            module.File.Read(up),
            Factors.Core(module.File.Read(mid), module.File.Read(down), upRank, downRank, target.Inputs, target.Kernel),
            upRank,
            target.Columns,
            (float)module.Scale(downRank));
    }

    /// <inheritdoc/>
    public override void Add(int first, int count, float factor, Span<float> sum)
    {
        var rows = ArrayPool<float>.Shared.Rent(count * rank);
        Factors.Scaled(up.AsSpan(first * rank, count * rank), scale * factor, rows);
        MatrixProduct.Add(rows, down, sum, count, rank, columns);
        ArrayPool<float>.Shared.Return(rows);
    }
}
