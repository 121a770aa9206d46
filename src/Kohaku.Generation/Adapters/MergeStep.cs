using System.Buffers;

namespace Kohaku.Generation.Adapters;

/// <summary>One adapter's part in a weight, and how much of it.</summary>
/// <param name="load">Reads the difference.</param>
/// <param name="loadMagnitudes">Reads DoRA's magnitudes; null without.</param>
/// <param name="weight">What the prompt multiplies it by.</param>
internal sealed class MergeStep(Func<Delta> load, Func<Magnitudes>? loadMagnitudes, float weight)
{
    /// <summary>Reads the adapter's factors; they are kept only as long as the result is.</summary>
    public LoadedStep Load() => new(load(), loadMagnitudes?.Invoke(), weight);
}

/// <summary>DoRA's magnitudes (Liu et al. 2024).</summary>
/// <param name="Values">One for each output, or for each input.</param>
/// <param name="IsByInput">Whether they are the inputs'.</param>
internal sealed record Magnitudes(float[] Values, bool IsByInput)
{
    /// <summary>Checks a module's magnitudes against what they must fit.</summary>
    /// <returns>Reads them; null where the module has none.</returns>
    public static Func<Magnitudes>? Plan(AdapterModule module, DeltaTarget target)
    {
        var part = module.Has(AdapterPart.DoraScale) ? AdapterPart.DoraScale : AdapterPart.DoraMagnitude;
        if (!module.Has(part)) return null;

        var tensor = module.Need(part);
        var count = AdapterFile.Count(tensor.Shape);
        var byInput = part == AdapterPart.DoraScale && tensor.Shape is [1, _, ..] && count == target.Inputs;
        if (!byInput && count != target.Rows) throw module.Misfit(tensor, target.Name, target.Shape);
        return () => new Magnitudes(module.File.Read(tensor), byInput);
    }
}

/// <summary>A step whose factors are in memory.</summary>
internal sealed class LoadedStep(Delta delta, Magnitudes? magnitudes, float weight)
{
    // As LyCORIS: a column of zeros has no direction, and stays one.
    private const double Tiny = 1.1920929e-7;

    private float[]? _ratios;

    /// <summary>Whether every row of the weight must be seen before the first can be changed.</summary>
    public bool NeedsSums => magnitudes is { IsByInput: true };

    /// <summary>Adds squares of W + ΔW, for magnitudes by input.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="weights">W, the steps before this one done, <c>[count, columns]</c>.</param>
    /// <param name="sums">Takes them, <c>[inputs]</c>.</param>
    public void AddSquares(int first, int count, int columns, ReadOnlySpan<float> weights, Span<double> sums)
    {
        var changed = Changed(first, count, weights);
        var kernel = columns / sums.Length;
        for (var row = 0; row < count; row++)
        {
            var numbers = changed.AsSpan(row * columns, columns);
            for (var column = 0; column < columns; column++) sums[column / kernel] += (double)numbers[column] * numbers[column];
        }

        ArrayPool<float>.Shared.Return(changed);
    }

    /// <summary>Takes the sums of <see cref="AddSquares"/> over all rows.</summary>
    public void UseSums(double[] sums)
    {
        _ratios = new float[sums.Length];
        for (var i = 0; i < sums.Length; i++) _ratios[i] = (float)(magnitudes!.Values[i] / (Math.Sqrt(sums[i]) + Tiny));
    }

    /// <summary>Changes rows of a weight.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="weights">W, <c>[count, columns]</c>.</param>
    public void Apply(int first, int count, int columns, Span<float> weights)
    {
        if (magnitudes is null)
        {
            delta.Add(first, count, weight, weights);
            return;
        }

        var changed = Changed(first, count, weights);
        var kernel = columns / (_ratios?.Length ?? 1);
        for (var row = 0; row < count; row++)
        {
            var numbers = changed.AsSpan(row * columns, columns);
            var ratio = magnitudes.IsByInput ? 0 : Ratio(magnitudes.Values[first + row], numbers);
            var old = weights.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
                old[column] += weight * ((numbers[column] * (_ratios is null ? ratio : _ratios[column / kernel])) - old[column]);
        }

        ArrayPool<float>.Shared.Return(changed);
    }

    private static float Ratio(float magnitude, ReadOnlySpan<float> numbers)
    {
        double sum = 0;
        foreach (var number in numbers) sum += (double)number * number;
        return (float)(magnitude / (Math.Sqrt(sum) + Tiny));
    }

    private float[] Changed(int first, int count, ReadOnlySpan<float> weights)
    {
        var changed = ArrayPool<float>.Shared.Rent(weights.Length);
        weights.CopyTo(changed);
        delta.Add(first, count, 1, changed.AsSpan(0, weights.Length));
        return changed;
    }
}
