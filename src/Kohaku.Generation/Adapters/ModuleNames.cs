using Kohaku.Files;

namespace Kohaku.Generation.Adapters;

/// <summary>Every name that an adapter may give a module of a checkpoint, made from the checkpoint's own keys.</summary>
/// <remarks>
/// A name whose dots became underscores cannot be read back (<c>to_q</c>, <c>mlp_fc1</c>), so it is looked up. Names are those of kohya-ss/sd-scripts (<c>lora_unet_</c>, <c>lora_te1_</c>, <c>lora_te2_</c>, with the
/// UNet's blocks named as Stability's code or as diffusers does), LyCORIS (<c>lycoris_</c>), diffusers and PEFT (<c>unet.</c>, <c>text_encoder.</c>, <c>text_encoder_2.</c>; <c>processor.to_q_lora</c> before 0.20), and plain keys.
/// </remarks>
internal sealed class ModuleNames
{
    private const string UNet = "model.diffusion_model.";
    private const string First = "conditioner.embedders.0.transformer.";
    private const string Second = "conditioner.embedders.1.model.";
    private const string TextModel = "text_model.";

    private readonly Dictionary<string, ModuleTarget> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorInfo> _tensors = new(StringComparer.Ordinal);

    /// <summary>The names of a checkpoint's modules.</summary>
    public ModuleNames(SafetensorsHeader checkpoint)
    {
        foreach (var tensor in checkpoint.Tensors) _tensors.Add(tensor.Name, tensor);

        var blocks = new DiffusersBlocks(checkpoint.Tensors.Where(tensor => Starts(tensor, UNet)).Select(tensor => tensor.Name[UNet.Length..]));
        foreach (var tensor in checkpoint.Tensors)
        {
            if (Starts(tensor, UNet)) AddUNet(tensor, blocks);
            else if (Starts(tensor, First)) AddFirst(tensor);
            else if (Starts(tensor, Second)) AddSecond(tensor);
        }
    }

    /// <summary>How many names there are.</summary>
    public int Count => _targets.Count;

    /// <summary>The module of a name.</summary>
    public bool TryFind(string name, out ModuleTarget target) => _targets.TryGetValue(name, out target!);

    private static bool Starts(TensorInfo tensor, string prefix) => tensor.Name.StartsWith(prefix, StringComparison.Ordinal);

    private void AddUNet(TensorInfo tensor, DiffusersBlocks blocks)
    {
        if (WithoutWeight(tensor.Name) is not { } module) return;

        var target = Target(tensor, module, AdapterSide.UNet);
        var plain = module[UNet.Length..];
        Add(module, target);
        AddUNetName(plain, target);
        if (blocks.NameOf(plain) is not { } name) return;

        AddUNetName(name, target);
        Add("base_model.model." + name, target);
        foreach (var old in OldAttentionNames(name, ".to_q", ".to_k", ".to_v", ".to_out.0"))
        {
            Add(old, target);
            Add("unet." + old, target);
        }
    }

    private void AddUNetName(string name, ModuleTarget target)
    {
        var flat = name.Replace('.', '_');
        Add("lora_unet_" + flat, target);
        Add("lycoris_" + flat, target);
        Add("lycoris_unet_" + flat, target);
        Add("unet." + name, target);
        Add("diffusion_model." + name, target);
        Add(name, target);
    }

    private void AddFirst(TensorInfo tensor)
    {
        if (WithoutWeight(tensor.Name) is not { } module) return;

        var target = Target(tensor, module, AdapterSide.Text);
        Add(module, target);
        AddText(module[First.Length..], target, "1", "text_encoder.");
    }

    private void AddSecond(TensorInfo tensor)
    {
        var key = tensor.Name[Second.Length..];
        if (key.EndsWith(".attn.in_proj_weight", StringComparison.Ordinal))
        {
            AddFused(tensor, key);
            return;
        }

        var module = WithoutWeight(tensor.Name) ?? (key is "positional_embedding" or "text_projection" ? tensor.Name : null);
        if (module is null) return;

        // Stability's file keeps the projection as x · W; everybody else as a linear layer's weight.
        var target = Target(tensor, module, AdapterSide.Text) with { IsTransposed = key == "text_projection" };
        Add(module, target);
        if (OpenClipNames.HuggingFace(module[Second.Length..]) is { } name) AddText(name, target, "2", "text_encoder_2.");
    }

    private void AddFused(TensorInfo tensor, string key)
    {
        var bias = _tensors.GetValueOrDefault(tensor.Name[..^"weight".Length] + "bias");
        var whole = new ModuleTarget(AdapterSide.Text, tensor, bias, 0, Rows(tensor), false);
        Add(tensor.Name[..^"_weight".Length], whole);
        if (tensor.Shape is not [var rows, _] || rows % 3 != 0) return;

        var layer = OpenClipNames.HuggingFace(key[..^".attn.in_proj_weight".Length])!;
        var width = (int)(rows / 3);
        foreach (var (index, letter) in "qkv".Index())
            AddText($"{layer}.self_attn.{letter}_proj", whole with { FirstRow = index * width, Rows = width }, "2", "text_encoder_2.");
    }

    private void AddText(string name, ModuleTarget target, string number, string prefix)
    {
        var flat = name.Replace('.', '_');
        Add($"lora_te{number}_{flat}", target);
        Add($"lycoris_te{number}_{flat}", target);
        Add("lycoris_" + prefix.Replace('.', '_') + flat, target);
        Add(prefix + name, target);
        if (name.StartsWith(TextModel, StringComparison.Ordinal)) Add(prefix + name[TextModel.Length..], target);
        foreach (var old in OldAttentionNames(name.Replace("_proj", "", StringComparison.Ordinal), ".q", ".k", ".v", ".out")) Add(prefix + old.Replace(".processor", "", StringComparison.Ordinal), target);
    }

    // Before 0.20 diffusers hung an adapter's layers into the attention's processor: attn1.processor.to_q_lora.
    private static IEnumerable<string> OldAttentionNames(string name, params string[] endings)
    {
        foreach (var ending in endings)
        {
            if (!name.EndsWith(ending, StringComparison.Ordinal)) continue;

            var attention = name[..^ending.Length];
            var projection = ending.Trim('.').Replace("to_", "", StringComparison.Ordinal).Replace(".0", "", StringComparison.Ordinal);
            yield return $"{attention}.processor.to_{projection}_lora";
            yield return $"{attention}.to_{projection}_lora";
        }
    }

    private ModuleTarget Target(TensorInfo tensor, string module, AdapterSide side) =>
        new(side, tensor, _tensors.GetValueOrDefault(module + ".bias"), 0, Rows(tensor), false);

    private static int Rows(TensorInfo tensor) => tensor.Shape is [var rows, ..] ? (int)rows : 1;

    private static string? WithoutWeight(string name) => name.EndsWith(".weight", StringComparison.Ordinal) ? name[..^".weight".Length] : null;

    private void Add(string name, ModuleTarget target) => _targets.TryAdd(name, target);
}

/// <summary>What an adapter's weight multiplies.</summary>
internal enum AdapterSide
{
    /// <summary>A text encoder.</summary>
    Text,

    /// <summary>The UNet.</summary>
    UNet,
}

/// <summary>A module of a checkpoint: the tensors, or the rows of them, that an adapter changes.</summary>
/// <param name="Side">What it belongs to.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Bias">Its bias, or null.</param>
/// <param name="FirstRow">First row of weight and bias that are the module's: not 0 only in a fused projection.</param>
/// <param name="Rows">How many rows are.</param>
/// <param name="IsTransposed">Whether the file keeps the weight as <c>[in, out]</c>.</param>
internal sealed record ModuleTarget(AdapterSide Side, TensorInfo Weight, TensorInfo? Bias, int FirstRow, int Rows, bool IsTransposed);
