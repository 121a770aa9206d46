using Kohaku.Files;

namespace Kohaku.Generation.Adapters;

/// <summary>LoKr: ΔW = kron(w₁, w₂) · α/r (LyCORIS). r is the rank of w₂ if that is factored, else of w₁; where both are whole there is no factor.</summary>
/// <param name="first">w₁, <c>[outer rows, outer columns]</c>.</param>
/// <param name="second">w₂, <c>[inner rows, inner columns]</c>, the kernel among the inner columns.</param>
/// <param name="outer">Columns of w₁.</param>
/// <param name="innerRows">Rows of w₂.</param>
/// <param name="innerColumns">Columns of w₂.</param>
/// <param name="scale">α/r.</param>
internal sealed class KroneckerDelta(float[] first, float[] second, int outer, int innerRows, int innerColumns, float scale) : Delta
{
    /// <summary>Checks a module's LoKr against what it must fit.</summary>
    /// <returns>Reads it; null where the module has none.</returns>
    public static Func<Delta>? Plan(AdapterModule module, DeltaTarget target)
    {
        var hasFirst = module.Has(AdapterPart.Kron1) || module.Has(AdapterPart.Kron1A) || module.Has(AdapterPart.Kron1B);
        var hasSecond = module.Has(AdapterPart.Kron2) || module.Has(AdapterPart.Kron2A) || module.Has(AdapterPart.Kron2B);
        if (!hasFirst && !hasSecond) return null;

        var (one, oneShape, oneRank, oneRead) = PlanFactor(module, AdapterPart.Kron1, AdapterPart.Kron1A, AdapterPart.Kron1B, null);
        var (two, twoShape, twoRank, twoRead) = PlanFactor(module, AdapterPart.Kron2, AdapterPart.Kron2A, AdapterPart.Kron2B, AdapterPart.Kron2T);
        var outer = Columns(oneShape);
        var inner = Columns(twoShape);
        if (oneShape[0] * twoShape[0] != target.Rows || outer * inner != target.Columns)
        {
            var product = new long[] { oneShape[0] * twoShape[0], outer * inner };
            throw new Models.ModelException(
                $"{module.File.Name}: {one.Name} and {two.Name} make {AdapterModule.Shown(product)}, which does not fit {target.Name}, {AdapterModule.Shown(target.Shape)}",
                "Use an adapter that was trained for this model");
        }

        return () => new KroneckerDelta(oneRead(), twoRead(), (int)outer, (int)twoShape[0], (int)inner, (float)module.Scale(twoRank ?? oneRank));
    }

    /// <inheritdoc/>
    public override void Add(int row, int count, float factor, Span<float> sum)
    {
        for (var i = 0; i < count; i++)
        {
            var (above, inside) = Math.DivRem(row + i, innerRows);
            var small = second.AsSpan(inside * innerColumns, innerColumns);
            for (var column = 0; column < outer; column++)
            {
                var weight = first[(above * outer) + column] * scale * factor;
                var part = sum.Slice(((i * outer) + column) * innerColumns, innerColumns);
                for (var k = 0; k < part.Length; k++) part[k] += weight * small[k];
            }
        }
    }

    // What it is called in messages, its shape with the kernel as it comes, its rank where it is factored, and how it is read.
    private static (TensorInfo Named, long[] Shape, long? Rank, Func<float[]> Read) PlanFactor(
        AdapterModule module, AdapterPart whole, AdapterPart left, AdapterPart right, AdapterPart? middle)
    {
        if (module.Has(whole))
        {
            var tensor = module.Need(whole);
            return (tensor, tensor.Shape, null, () => module.File.Read(tensor));
        }

        var a = module.Need(left);
        var b = module.Need(right);
        var rank = (int)b.Shape[0];
        var inputs = (int)Columns(b.Shape);
        if (middle is not { } coreName || !module.Has(coreName))
        {
            if (Columns(a.Shape) != rank) throw module.Misfit(a, b.Name, b.Shape);

            var rows = (int)a.Shape[0];
            return (b, [rows, inputs], rank, () => Product(module.File.Read(a), module.File.Read(b), rows, rank, inputs));
        }

        var core = module.Need(coreName);
        if (core.Shape is not [var i, var j, .. var kernel] || j != rank) throw module.Misfit(core, b.Name, b.Shape);
        if (a.Shape is not [var outer, var outputs] || outer != i) throw module.Misfit(a, core.Name, core.Shape);

        var size = (int)AdapterFile.Count(kernel);
        return (core, [outputs, (long)inputs * size], rank, () => Product(
            Factors.Transpose(module.File.Read(a), (int)outer, (int)outputs),
            Factors.Core(module.File.Read(core), module.File.Read(b), (int)outer, rank, inputs, size),
            (int)outputs,
            (int)outer,
            inputs * size));
    }

    private static float[] Product(float[] a, float[] b, int rows, int inner, int columns)
    {
        var product = new float[(long)rows * columns];
        MatrixProduct.Add(a, b, product, rows, inner, columns);
        return product;
    }

    private static long Columns(long[] shape) => shape is [_, .. var rest] ? AdapterFile.Count(rest) : 1;
}
