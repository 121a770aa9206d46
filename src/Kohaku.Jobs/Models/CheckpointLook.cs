using Kohaku.Files;

namespace Kohaku.Jobs.Models;

/// <summary>Tells an SDXL checkpoint from what else comes as .safetensors, by its name, the names of its tensors and its metadata: the header alone is read.</summary>
public static class CheckpointLook
{
    private const string VaePrefix = "first_stage_model.";
    private const string VaeInput = "decoder.conv_in.weight";
    private const string DecoderPart = "decoder.";
    private const string EmbeddingOfSdxl = "clip_g";
    private const string UNet = "the UNet";
    private const string Wanted = "Name a single-file SDXL checkpoint, or the folder of an ONNX export";

    private const string ForPrompt = "Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model";

    /// <summary>What other things look like: a part of a name that only they have. The first that fits is told.</summary>
    private static readonly (string Part, ModelKind Kind, string Look, string Help)[] s_others =
    [
        ("lora_unet_", ModelKind.Network, "a LoRA", ForPrompt),
        ("lora_te", ModelKind.Network, "a LoRA", ForPrompt),
        (".lora_", ModelKind.Network, "a LoRA", ForPrompt),
        ("lycoris_", ModelKind.Network, "a LyCORIS network", ForPrompt.Replace("lora:", "lyco:", StringComparison.Ordinal)),
        ("control_model.", ModelKind.ControlNet, "a ControlNet", Wanted),
        ("double_blocks.", ModelKind.Checkpoint, "Flux", Wanted),
        ("single_transformer_blocks.", ModelKind.Checkpoint, "Flux", Wanted),
        ("joint_blocks.", ModelKind.Checkpoint, "Stable Diffusion 3", Wanted),
        ("conditioner.embedders.0.model.", ModelKind.Checkpoint, "the SDXL refiner", "Name the SDXL base model: the refiner only finishes its images"),
        ("cond_stage_model.transformer.", ModelKind.Checkpoint, "Stable Diffusion 1.x", Wanted),
        ("cond_stage_model.model.", ModelKind.Checkpoint, "Stable Diffusion 2.x", Wanted),
        ("cond_stage_model.", ModelKind.Checkpoint, "Stable Diffusion 1.x or 2.x", Wanted),
        ("down_blocks.", ModelKind.Part, "a part of a model in diffusers' layout", Wanted),
        ("text_model.encoder.", ModelKind.Part, "a text encoder", Wanted),
        (EmbeddingOfSdxl, ModelKind.Embedding, "a textual-inversion embedding", "Put it into the folder of embeddings and name it in the prompt"),
        ("emb_params", ModelKind.Embedding, "a textual-inversion embedding of Stable Diffusion 1.x or 2.x", Wanted),
    ];

    /// <summary>What is wrong or odd about a checkpoint, as far as its name and header tell; nothing behind an error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="hasVae">Whether a VAE of its own takes the place of the checkpoint's.</param>
    public static IEnumerable<ModelFinding> Of(string path, SafetensorsHeader header, bool hasVae)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (NotSdxl(path, [.. header.Tensors.Select(tensor => tensor.Name)]) is { } other)
        {
            yield return other;
            yield break;
        }

        if (NotNoise(path, header) is { } velocity)
        {
            yield return velocity;
            yield break;
        }

        if (!hasVae && !HoldsDecoder(header))
        {
            yield return Error($"{Path.GetFileName(path)} has no VAE", "Give a VAE of its own with --vae, or get the file again");
            yield break;
        }

        if (header.Tensors.FirstOrDefault(tensor => IsEightBit(tensor.Type) && IsOfModel(tensor.Name, hasVae)) is { } small)
        {
            yield return EightBit(path, small.Type);
            yield break;
        }

        var name = Path.GetFileNameWithoutExtension(path).Replace('_', '-');
        if (name.StartsWith("kohaku-xl-", StringComparison.OrdinalIgnoreCase) && name.EndsWith("-base", StringComparison.OrdinalIgnoreCase))
            yield return new ModelFinding($"{Path.GetFileName(path)} is by its name the model before training", "Use the trained model: the same name without -base");
    }

    /// <summary>Reads a header.</summary>
    /// <returns>What stands in the way, or <see langword="null"/>.</returns>
    public static ModelFinding? TryRead(string path, out SafetensorsHeader? header)
    {
        if (SafetensorsHeader.TryRead(path, out header, out var problem)) return null;

        var extension = Path.GetExtension(path);
        if (extension.Equals(".ckpt", StringComparison.OrdinalIgnoreCase) || extension.StartsWith(".pt", StringComparison.OrdinalIgnoreCase))
            return Error($"{path} is no .safetensors file", "Get the model as .safetensors: the older formats can run code when they are read");

        // A file's problem is one line: the fact, then after a semicolon what to do.
        var text = problem.ToString();
        var at = text.LastIndexOf("; ", StringComparison.Ordinal);
        return at < 0 ? Error(text, null) : Error(text[..at], char.ToUpperInvariant(text[at + 2]) + text[(at + 3)..]);
    }

    /// <summary>What is wrong with a VAE that is to take the place of a checkpoint's; <see langword="null"/> where nothing is.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header.</param>
    public static ModelFinding? NotVae(string path, SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var names = header.Tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var isOfDiffusers = names.Any(name => name.Contains("up_blocks.", StringComparison.Ordinal));
        if (!isOfDiffusers && (names.Contains(VaePrefix + VaeInput) || (names.Contains(VaeInput) && !HoldsVae(header)))) return null;

        var look = isOfDiffusers ? "its tensors are named in diffusers' way" : "it has no decoder.conv_in.weight";
        return Error($"{Path.GetFileName(path)} is no VAE that is read here: {look}", "Name a VAE as single files have it, such as sdxl_vae.safetensors");
    }

    /// <summary>Whether the tensors of a file have the names that a VAE's have inside a checkpoint.</summary>
    public static bool HoldsVae(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Tensors.Any(tensor => tensor.Name.StartsWith(VaePrefix, StringComparison.Ordinal));
    }

    /// <summary>Whether a checkpoint has a VAE that makes images of latents.</summary>
    public static bool HoldsDecoder(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Tensors.Any(tensor => tensor.Name.StartsWith(VaePrefix + DecoderPart, StringComparison.Ordinal));
    }

    /// <summary>Whether a checkpoint predicts noise (epsilon), not velocity: the latter say so in their header.</summary>
    public static bool PredictsNoise(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return header.Metadata.GetValueOrDefault("modelspec.prediction_type")?.StartsWith('v') != true && !header.Tensors.Any(tensor => tensor.Name == "v_pred");
    }

    /// <summary>What a file holds, by the names of its tensors.</summary>
    /// <returns>The kind; the family that it is of or for, and which part of a model it is, where that is seen.</returns>
    public static (ModelKind Kind, string? Family, string? Part) KindOf(SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        string[] names = [.. header.Tensors.Select(tensor => tensor.Name)];
        var lacks = LacksOfSdxl(names);
        if (lacks.Count < 2) return (ModelKind.Checkpoint, "SDXL", null);
        if (Other(names) is { } other) return (other.Kind, other.Kind == ModelKind.Checkpoint ? other.Look : FamilyOfEmbedding(other.Kind, names), other.Kind == ModelKind.Part ? other.Look : null);
        if (!lacks.Contains(UNet)) return (ModelKind.Part, null, "a UNet without text encoders");
        return (Has(names, DecoderPart) ? ModelKind.Vae : ModelKind.Unknown, null, null);
    }

    /// <summary>Whether an element type is one of 8-bit numbers.</summary>
    public static bool IsEightBit(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.StartsWith("F8", StringComparison.Ordinal);
    }

    /// <summary>That a file holds weights of such a type.</summary>
    public static ModelFinding EightBit(string path, string type) =>
        Error($"{Path.GetFileName(path)} holds 8-bit weights ({type}), which are not read", "Name the model's F16, BF16 or F32 file");

    private static bool IsOfModel(string name, bool hasVae) =>
        name.StartsWith("model.diffusion_model.", StringComparison.Ordinal) || name.StartsWith("conditioner.embedders.", StringComparison.Ordinal)
        || (!hasVae && name.StartsWith(VaePrefix, StringComparison.Ordinal));

    private static ModelFinding? NotSdxl(string path, IReadOnlyCollection<string> names)
    {
        var file = Path.GetFileName(path);
        var lacks = LacksOfSdxl(names);
        if (lacks.Count == 0) return null;
        if (lacks is [var part]) return Error($"{file} lacks {part}", "Get the whole checkpoint again");
        if (Other(names) is { } other) return Error($"{file} is not SDXL: it looks like {other.Look}", other.Help);
        if (!lacks.Contains(UNet)) return Error($"{file} holds a UNet without text encoders", "Name a whole SDXL checkpoint: UNet, text encoders and VAE in one file");
        if (Has(names, DecoderPart)) return Error($"{file} is not SDXL: it looks like a VAE", "Give it with --vae, and an SDXL checkpoint with --model");
        return Error($"{file} is not SDXL: none of its {names.Count} tensors has a name of that layout", Wanted);
    }

    // The parts of an SDXL checkpoint that are not there, beside the VAE.
    private static List<string> LacksOfSdxl(IReadOnlyCollection<string> names)
    {
        var lacks = new List<string>(3);
        if (!Has(names, "model.diffusion_model.input_blocks.")) lacks.Add(UNet);
        if (!Has(names, "conditioner.embedders.0.transformer.")) lacks.Add("text encoder 1");
        if (!Has(names, "conditioner.embedders.1.model.")) lacks.Add("text encoder 2");
        return lacks;
    }

    private static (ModelKind Kind, string Look, string Help)? Other(IReadOnlyCollection<string> names)
    {
        foreach (var (part, kind, look, help) in s_others)
            if (Has(names, part)) return (kind, look, help);
        return null;
    }

    private static string? FamilyOfEmbedding(ModelKind kind, string[] names) =>
        kind != ModelKind.Embedding ? null : Has(names, EmbeddingOfSdxl) ? "SDXL" : "Stable Diffusion 1.x or 2.x";

    private static bool Has(IReadOnlyCollection<string> names, string part) => names.Any(name => name.Contains(part, StringComparison.Ordinal));

    private static ModelFinding? NotNoise(string path, SafetensorsHeader header) => PredictsNoise(header) ? null
        : Error($"{Path.GetFileName(path)} is a v-prediction model, which this program does not sample", "Name a model that predicts noise (epsilon), as Kohaku-XL Delta does");

    private static ModelFinding Error(string message, string? help) => new(message, help) { IsError = true };
}
