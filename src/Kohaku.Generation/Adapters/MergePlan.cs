using Kohaku.Files;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Adapters;

/// <summary>Which tensors of a checkpoint change, and by what; all shapes checked, no weight read yet.</summary>
internal sealed class MergePlan
{
    private readonly Dictionary<string, TensorMerge> _byName = new(StringComparer.Ordinal);
    private readonly List<UnmappedKeys> _unmapped = [];

    private MergePlan()
    {
    }

    /// <summary>The tensors that change, in the order of the checkpoint's data.</summary>
    public IReadOnlyList<TensorMerge> Tensors { get; private set; } = [];

    /// <summary>What found no place.</summary>
    public IReadOnlyList<UnmappedKeys> Unmapped => _unmapped;

    /// <summary>Plans a merge.</summary>
    /// <param name="checkpoint">The checkpoint's header.</param>
    /// <param name="adapters">Adapters with the weights of the text encoders and the UNet, in the order of their effect.</param>
    /// <exception cref="ModelException">An adapter is for another model, or a tensor of it does not fit.</exception>
    public static MergePlan Build(SafetensorsHeader checkpoint, IReadOnlyList<(AdapterFile File, double TextWeight, double UNetWeight)> adapters)
    {
        var names = new ModuleNames(checkpoint);
        var plan = new MergePlan();
        foreach (var (file, text, unet) in adapters) plan.Add(file, text, unet, names);
        plan.Tensors = [.. plan._byName.Values.OrderBy(tensor => tensor.Tensor.Offset)];
        return plan;
    }

    private void Add(AdapterFile file, double text, double unet, ModuleNames names)
    {
        AdapterBase.Require(file);
        var (modules, unmapped) = Group(file, names);
        if (modules.Count == 0) throw AdapterBase.NothingFits(file);

        try
        {
            foreach (var (module, target) in modules)
            {
                var weight = target.Side == AdapterSide.Text ? text : unet;
                AddWeight(module, target, (float)weight, unmapped);
                AddBias(module, target, (float)weight, unmapped);
            }
        }
        catch (ModelException misfit) when (AdapterBase.Other(file) is { } other)
        {
            throw new ModelException($"{file.Name} was trained for {other}: {misfit.Message}", AdapterBase.Help, misfit);
        }

        // The same file called twice has the same keys.
        if (unmapped.Count > 0 && !_unmapped.Exists(known => known.Path == file.Path)) _unmapped.Add(new UnmappedKeys(file.Path, Ordered(file, unmapped)));
    }

    private static (List<(AdapterModule Module, ModuleTarget Target)> Modules, HashSet<string> Unmapped) Group(AdapterFile file, ModuleNames names)
    {
        var modules = new Dictionary<string, (AdapterModule Module, ModuleTarget Target)>(StringComparer.Ordinal);
        var unmapped = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in file.Header.Tensors)
        {
            var isKnown = AdapterParts.TryDivide(tensor.Name, out var name, out var part) && names.TryFind(name, out _);
            if (isKnown && !modules.ContainsKey(name))
            {
                names.TryFind(name, out var target);
                modules.Add(name, (new AdapterModule(file, name), target));
            }

            if (!isKnown || !modules[name].Module.TryAdd(part, tensor)) unmapped.Add(tensor.Name);
        }

        return ([.. modules.Values], unmapped);
    }

    private static IReadOnlyList<string> Ordered(AdapterFile file, HashSet<string> keys) => [.. file.Header.Tensors.Select(tensor => tensor.Name).Where(keys.Contains)];

    private void AddWeight(AdapterModule module, ModuleTarget target, float weight, HashSet<string> unmapped)
    {
        var fit = new DeltaTarget(target.Weight.Name, ShapeOf(target));
        Func<Delta>?[] found =
        [
            LowRankDelta.Plan(module, fit), HadamardDelta.Plan(module, fit), KroneckerDelta.Plan(module, fit), WholeDelta.Plan(module, fit, AdapterPart.Diff),
        ];
        Func<Delta>[] parts = [.. found.OfType<Func<Delta>>()];
        if (parts.Length == 0)
        {
            // An alpha or a magnitude without anything that it belongs to.
            unmapped.UnionWith(module.Parts.Where(pair => pair.Key != AdapterPart.DiffBias).Select(pair => pair.Value.Name));
            return;
        }

        var magnitudes = Magnitudes.Plan(module, fit);
        if (weight == 0) return;

        Func<Delta> load = parts.Length == 1 ? parts[0] : () => new SumDelta([.. parts.Select(part => part())]);
        TensorOf(target.Weight, target.IsTransposed).Add(target.FirstRow, target.Rows, new MergeStep(load, magnitudes, weight));
    }

    private void AddBias(AdapterModule module, ModuleTarget target, float weight, HashSet<string> unmapped)
    {
        if (module.Find(AdapterPart.DiffBias) is not { } difference) return;
        if (target.Bias is not { } bias)
        {
            unmapped.Add(difference.Name);
            return;
        }

        var rows = target.IsTransposed ? bias.Shape[0] : target.Rows;
        var load = WholeDelta.Plan(module, new DeltaTarget(bias.Name, [rows]), AdapterPart.DiffBias)!;
        if (weight != 0) TensorOf(bias, isTransposed: false).Add(target.FirstRow, (int)rows, new MergeStep(load, null, weight));
    }

    private static long[] ShapeOf(ModuleTarget target) =>
        target.IsTransposed ? [target.Weight.Shape[1], target.Weight.Shape[0]]
        : target.Weight.Shape is [_, .. var rest] ? [target.Rows, .. rest] : [1];

    private TensorMerge TensorOf(TensorInfo tensor, bool isTransposed)
    {
        if (!_byName.TryGetValue(tensor.Name, out var merge)) _byName.Add(tensor.Name, merge = new TensorMerge(tensor, isTransposed));
        return merge;
    }
}
