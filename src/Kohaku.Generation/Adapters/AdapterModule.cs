using System.Globalization;
using Kohaku.Files;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Adapters;

/// <summary>The tensors that an adapter has for one module, by what they are.</summary>
/// <param name="file">The adapter.</param>
/// <param name="name">The module, as the adapter calls it.</param>
internal sealed class AdapterModule(AdapterFile file, string name)
{
    private readonly Dictionary<AdapterPart, TensorInfo> _parts = [];

    /// <summary>The adapter.</summary>
    public AdapterFile File { get; } = file;

    /// <summary>The module, as the adapter calls it.</summary>
    public string Name { get; } = name;

    /// <summary>What there is.</summary>
    public IReadOnlyDictionary<AdapterPart, TensorInfo> Parts => _parts;

    /// <summary>Adds a tensor.</summary>
    /// <returns>False where the part is there already.</returns>
    public bool TryAdd(AdapterPart part, TensorInfo tensor) => _parts.TryAdd(part, tensor);

    /// <summary>Whether a part is there.</summary>
    public bool Has(AdapterPart part) => _parts.ContainsKey(part);

    /// <summary>A part, or null.</summary>
    public TensorInfo? Find(AdapterPart part) => _parts.GetValueOrDefault(part);

    /// <summary>A part that must be there, of a type that weights have, and not empty.</summary>
    /// <exception cref="ModelException">It is not.</exception>
    public TensorInfo Need(AdapterPart part)
    {
        if (Find(part) is not { } tensor)
            throw new ModelException($"{File.Name}: {Name} lacks {AdapterParts.Suffix(part)}", "Get the file again: a part of it is missing");
        if (Numbers.Size(tensor.Type) == 0)
            throw new ModelException($"{File.Name}: {tensor.Name} is of type {tensor.Type}; F16, BF16 and F32 are read", "Save the adapter in half precision");
        if (AdapterFile.Count(tensor.Shape) is 0 or > int.MaxValue) throw new ModelException($"{File.Name}: {tensor.Name} has the shape {Shown(tensor.Shape)}, which holds no weights");
        return tensor;
    }

    /// <summary>What ΔW is multiplied by: α/r; <c>scale</c> where the file has it; 1 where it has neither, or no rank.</summary>
    /// <param name="rank">r, or null for a kind without one.</param>
    public double Scale(long? rank)
    {
        if (Find(AdapterPart.Scale) is { } scale) return File.ReadScalar(scale);
        return rank is { } r && Find(AdapterPart.Alpha) is { } alpha ? File.ReadScalar(alpha) / r : 1;
    }

    /// <summary>The error of a tensor that does not fit.</summary>
    public ModelException Misfit(TensorInfo tensor, string other, long[] shape) => new(
        $"{File.Name}: {tensor.Name} is {Shown(tensor.Shape)}, which does not fit {other}, {Shown(shape)}",
        "Use an adapter that was trained for this model");

    /// <summary>A shape as messages write it.</summary>
    public static string Shown(long[] shape) => $"[{string.Join(", ", shape.Select(side => side.ToString(CultureInfo.InvariantCulture)))}]";
}

/// <summary>What a tensor of an adapter is.</summary>
internal enum AdapterPart
{
    /// <summary>LoRA's <c>[out, r]</c>.</summary>
    Up,

    /// <summary>LoRA's <c>[r, in, …]</c>.</summary>
    Down,

    /// <summary>LoRA's core after Tucker, <c>[r, r, kh, kw]</c>.</summary>
    Mid,

    /// <summary>LoHa's first factor, left.</summary>
    Hada1A,

    /// <summary>LoHa's first factor, right.</summary>
    Hada1B,

    /// <summary>LoHa's second factor, left.</summary>
    Hada2A,

    /// <summary>LoHa's second factor, right.</summary>
    Hada2B,

    /// <summary>The core of LoHa's first factor.</summary>
    Hada1T,

    /// <summary>The core of LoHa's second factor.</summary>
    Hada2T,

    /// <summary>LoKr's first factor, whole.</summary>
    Kron1,

    /// <summary>LoKr's first factor, left.</summary>
    Kron1A,

    /// <summary>LoKr's first factor, right.</summary>
    Kron1B,

    /// <summary>LoKr's second factor, whole.</summary>
    Kron2,

    /// <summary>LoKr's second factor, left.</summary>
    Kron2A,

    /// <summary>LoKr's second factor, right.</summary>
    Kron2B,

    /// <summary>The core of LoKr's second factor.</summary>
    Kron2T,

    /// <summary>A whole ΔW.</summary>
    Diff,

    /// <summary>A whole difference of a bias.</summary>
    DiffBias,

    /// <summary>α.</summary>
    Alpha,

    /// <summary>A factor in place of α/r.</summary>
    Scale,

    /// <summary>DoRA's magnitudes, <c>[out, 1]</c> or <c>[1, in]</c>.</summary>
    DoraScale,

    /// <summary>DoRA's magnitudes as PEFT writes them, <c>[out]</c>.</summary>
    DoraMagnitude,
}

/// <summary>The endings by which a key says what it is.</summary>
internal static class AdapterParts
{
    private static readonly (string Suffix, AdapterPart Part)[] s_suffixes =
    [
        (".lora_up.weight", AdapterPart.Up), (".lora_down.weight", AdapterPart.Down), (".lora_mid.weight", AdapterPart.Mid),
        (".lora_B.weight", AdapterPart.Up), (".lora_A.weight", AdapterPart.Down),
        (".lora_B.default.weight", AdapterPart.Up), (".lora_A.default.weight", AdapterPart.Down),
        (".lora.up.weight", AdapterPart.Up), (".lora.down.weight", AdapterPart.Down),
        (".lora_linear_layer.up.weight", AdapterPart.Up), (".lora_linear_layer.down.weight", AdapterPart.Down),
        (".hada_w1_a", AdapterPart.Hada1A), (".hada_w1_b", AdapterPart.Hada1B), (".hada_w2_a", AdapterPart.Hada2A), (".hada_w2_b", AdapterPart.Hada2B),
        (".hada_t1", AdapterPart.Hada1T), (".hada_t2", AdapterPart.Hada2T),
        (".lokr_w1", AdapterPart.Kron1), (".lokr_w1_a", AdapterPart.Kron1A), (".lokr_w1_b", AdapterPart.Kron1B),
        (".lokr_w2", AdapterPart.Kron2), (".lokr_w2_a", AdapterPart.Kron2A), (".lokr_w2_b", AdapterPart.Kron2B), (".lokr_t2", AdapterPart.Kron2T),
        (".diff", AdapterPart.Diff), (".diff_b", AdapterPart.DiffBias), (".w_norm", AdapterPart.Diff), (".b_norm", AdapterPart.DiffBias),
        (".alpha", AdapterPart.Alpha), (".scale", AdapterPart.Scale), (".dora_scale", AdapterPart.DoraScale),
        (".lora_magnitude_vector.weight", AdapterPart.DoraMagnitude), (".lora_magnitude_vector.default.weight", AdapterPart.DoraMagnitude),
        (".lora_magnitude_vector", AdapterPart.DoraMagnitude),
        // diffusers before 0.20: the module's name ends in to_q_lora.
        (".up.weight", AdapterPart.Up), (".down.weight", AdapterPart.Down),
    ];

    /// <summary>Divides a key into the module's name and what the tensor is.</summary>
    public static bool TryDivide(string key, out string module, out AdapterPart part)
    {
        foreach (var (suffix, kind) in s_suffixes)
        {
            if (!key.EndsWith(suffix, StringComparison.Ordinal)) continue;

            (module, part) = (key[..^suffix.Length], kind);
            return true;
        }

        (module, part) = ("", default);
        return false;
    }

    /// <summary>How keys mostly end that are this.</summary>
    public static string Suffix(AdapterPart part) => Array.Find(s_suffixes, row => row.Part == part).Suffix[1..];
}
