using System.Buffers;

namespace Kohaku.Generation.Adapters;

/// <summary>LoHa: ΔW = (a₁b₁) ∘ (a₂b₂) · α/r (Hyeon-Woo et al. 2021); with cores <c>t[i, j]</c>, a is <c>[r, out]</c> with i and b is <c>[r, in]</c> with j.</summary>
/// <param name="first">a₁ as <c>[out, r]</c>, and b₁ as <c>[r, in · kernel]</c>, a core already in it.</param>
/// <param name="second">The same of the second factor.</param>
/// <param name="columns">in · kernel.</param>
/// <param name="scale">α/r.</param>
internal sealed class HadamardDelta(HadamardDelta.Factor first, HadamardDelta.Factor second, int columns, float scale) : Delta
{
    /// <summary>Checks a module's LoHa against what it must fit.</summary>
    /// <returns>Reads it; null where the module has none.</returns>
    public static Func<Delta>? Plan(AdapterModule module, DeltaTarget target)
    {
        if (!module.Has(AdapterPart.Hada1A) && !module.Has(AdapterPart.Hada1B) && !module.Has(AdapterPart.Hada2A) && !module.Has(AdapterPart.Hada2B)) return null;

        var first = PlanFactor(module, target, AdapterPart.Hada1A, AdapterPart.Hada1B, AdapterPart.Hada1T);
        var second = PlanFactor(module, target, AdapterPart.Hada2A, AdapterPart.Hada2B, AdapterPart.Hada2T);
        var rank = module.Need(AdapterPart.Hada1B).Shape[0];
        return () => new HadamardDelta(first(), second(), target.Columns, (float)module.Scale(rank));
    }

    /// <inheritdoc/>
    public override void Add(int row, int count, float factor, Span<float> sum)
    {
        var size = count * columns;
        var left = ArrayPool<float>.Shared.Rent(size);
        var right = ArrayPool<float>.Shared.Rent(size);
        first.Product(row, count, columns, scale * factor, left.AsSpan(0, size));
        second.Product(row, count, columns, 1, right.AsSpan(0, size));
        for (var i = 0; i < size; i++) sum[i] += left[i] * right[i];
        ArrayPool<float>.Shared.Return(left);
        ArrayPool<float>.Shared.Return(right);
    }

    private static Func<Factor> PlanFactor(AdapterModule module, DeltaTarget target, AdapterPart left, AdapterPart right, AdapterPart middle)
    {
        var a = module.Need(left);
        var b = module.Need(right);
        var rank = (int)b.Shape[0];
        if (!module.Has(middle))
        {
            if (a.Shape is not [var rows, .. var rest] || rows != target.Rows) throw module.Misfit(a, target.Name, target.Shape);
            if (AdapterFile.Count(rest) != rank) throw module.Misfit(a, b.Name, b.Shape);
            if (AdapterFile.Count(b.Shape) != (long)rank * target.Columns) throw module.Misfit(b, target.Name, target.Shape);
            return () => new Factor(module.File.Read(a), module.File.Read(b), rank);
        }

        var core = module.Need(middle);
        if (a.Shape is not [var outer, var outputs] || outputs != target.Rows) throw module.Misfit(a, target.Name, target.Shape);
        if (AdapterFile.Count(b.Shape) != (long)rank * target.Inputs) throw module.Misfit(b, target.Name, target.Shape);
        if (core.Shape is not [var i, var j, .. var kernel] || i != outer || j != rank) throw module.Misfit(core, b.Name, b.Shape);
        if (AdapterFile.Count(kernel) != target.Kernel) throw module.Misfit(core, target.Name, target.Shape);
        return () => new Factor(
            Factors.Transpose(module.File.Read(a), (int)outer, target.Rows),
            Factors.Core(module.File.Read(core), module.File.Read(b), (int)outer, rank, target.Inputs, target.Kernel),
            (int)outer);
    }

    /// <summary>One of the two products.</summary>
    /// <param name="A"><c>[out, r]</c>.</param>
    /// <param name="B"><c>[r, in · kernel]</c>.</param>
    /// <param name="Rank">r.</param>
    internal sealed record Factor(float[] A, float[] B, int Rank)
    {
        public void Product(int row, int count, int columns, float scale, Span<float> result)
        {
            var rows = ArrayPool<float>.Shared.Rent(count * Rank);
            Factors.Scaled(A.AsSpan(row * Rank, count * Rank), scale, rows);
            result.Clear();
            MatrixProduct.Add(rows, B, result, count, Rank, columns);
            ArrayPool<float>.Shared.Return(rows);
        }
    }
}
