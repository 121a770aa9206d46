using Kohaku.Generation.Models;

namespace Kohaku.Generation.Checkpoints;

/// <summary>Tells an SDXL checkpoint from what else comes as .safetensors, by the names of its tensors.</summary>
internal static class CheckpointLook
{
    private const string Wanted = "Name a single-file SDXL checkpoint, or the folder of an ONNX export";

    /// <summary>What other things look like: a part of a name that only they have. The first that fits is told.</summary>
    private static readonly (string Part, string Look, string Help)[] s_others =
    [
        ("lora_unet_", "a LoRA", "Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model"),
        ("lora_te", "a LoRA", "Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model"),
        (".lora_", "a LoRA", "Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model"),
        ("lycoris_", "a LyCORIS network", "Name it in the prompt as <lyco:name:1> and give the checkpoint that it was trained for as the model"),
        ("control_model.", "a ControlNet", Wanted),
        ("double_blocks.", "Flux", Wanted),
        ("single_transformer_blocks.", "Flux", Wanted),
        ("joint_blocks.", "Stable Diffusion 3", Wanted),
        ("conditioner.embedders.0.model.", "the SDXL refiner", "Name the SDXL base model: the refiner only finishes its images"),
        ("cond_stage_model.transformer.", "Stable Diffusion 1.x", Wanted),
        ("cond_stage_model.model.", "Stable Diffusion 2.x", Wanted),
        ("cond_stage_model.", "Stable Diffusion 1.x or 2.x", Wanted),
        ("down_blocks.", "a part of a model in diffusers' layout", Wanted),
        ("text_model.encoder.", "a text encoder", Wanted),
        ("clip_g", "a textual-inversion embedding", "Put it into the folder of embeddings and name it in the prompt"),
        ("emb_params", "a textual-inversion embedding of Stable Diffusion 1.x or 2.x", Wanted),
    ];

    /// <summary>Throws where the names are not those of SDXL.</summary>
    /// <exception cref="ModelException">It is something else, or less.</exception>
    public static void RequireSdxl(string path, IReadOnlyCollection<string> names)
    {
        var file = Path.GetFileName(path);
        var hasUnet = Has("model.diffusion_model.input_blocks.");
        var hasFirst = Has("conditioner.embedders.0.transformer.");
        var hasSecond = Has("conditioner.embedders.1.model.");
        if (hasUnet && hasFirst && hasSecond) return;

        if ((hasUnet ? 1 : 0) + (hasFirst ? 1 : 0) + (hasSecond ? 1 : 0) == 2)
        {
            var lacks = !hasUnet ? "the UNet" : !hasFirst ? "text encoder 1" : "text encoder 2";
            throw new ModelException($"{file} lacks {lacks}", "Get the whole checkpoint again");
        }

        foreach (var (part, look, help) in s_others)
        {
            if (names.Any(name => name.Contains(part, StringComparison.Ordinal))) throw new ModelException($"{file} is not SDXL: it looks like {look}", help);
        }

        if (hasUnet) throw new ModelException($"{file} holds a UNet without text encoders", "Name a whole SDXL checkpoint: UNet, text encoders and VAE in one file");
        if (Has("decoder.")) throw new ModelException($"{file} is not SDXL: it looks like a VAE", "Give it with --vae, and an SDXL checkpoint with --model");
        throw new ModelException($"{file} is not SDXL: none of its {names.Count} tensors has a name of that layout", Wanted);

        bool Has(string part) => names.Any(name => name.Contains(part, StringComparison.Ordinal));
    }
}
