using System.Diagnostics.CodeAnalysis;

namespace Kohaku.Files;

/// <summary>The family of models that a network was trained for.</summary>
public enum BaseModel
{
    /// <summary>Nothing in the file tells.</summary>
    Unknown,

    /// <summary>Stable Diffusion XL and its children: Kohaku-XL, Pony, Illustrious.</summary>
    Sdxl,

    /// <summary>Stable Diffusion 1.x.</summary>
    Sd1,

    /// <summary>Stable Diffusion 2.x.</summary>
    Sd2,

    /// <summary>A model of another make: SD 3, FLUX, …</summary>
    Other,
}

/// <summary>What a network file says of itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Base">The family it was trained for: by its metadata, else by the widths and names of its tensors.</param>
/// <param name="BaseName">The metadata's own word for that, where it has one: <c>sd_v1</c>.</param>
/// <param name="Metadata">All of <c>__metadata__</c>: <c>ss_network_module</c>, <c>ss_network_dim</c>, <c>ss_tag_frequency</c>, …</param>
public sealed record NetworkHeader(string Path, BaseModel Base, string? BaseName, IReadOnlyDictionary<string, string> Metadata)
{
    private static readonly string[] BaseKeys = ["ss_base_model_version", "modelspec.architecture"];

    /// <summary>Reads a .safetensors file's header; the other formats can run code on reading and are not opened.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out NetworkHeader? network, [NotNullWhen(false)] out FileProblem? problem)
    {
        network = SafetensorsHeader.TryRead(path, out var header, out problem) ? Of(path, header) : null;
        return network is not null;
    }

    /// <summary>What a header says.</summary>
    public static NetworkHeader Of(string path, SafetensorsHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        foreach (var key in BaseKeys)
        {
            if (header.Metadata.TryGetValue(key, out var name) && name.Length > 0) return new NetworkHeader(path, ByName(name), name, header.Metadata);
        }

        return new NetworkHeader(path, ByTensors(header.Tensors), null, header.Metadata);
    }

    private static BaseModel ByName(string name)
    {
        if (Has("sdxl") || Has("stable-diffusion-xl") || Has("pony") || Has("illustrious")) return BaseModel.Sdxl;
        if (Has("sd_v1") || Has("stable-diffusion-v1") || Has("sd_1")) return BaseModel.Sd1;
        return Has("sd_v2") || Has("stable-diffusion-v2") || Has("sd_2") ? BaseModel.Sd2 : BaseModel.Other;

        bool Has(string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
    }

    // The width of the text that cross-attention looks at: 2048 in SDXL, 1024 in SD 2, 768 in SD 1.
    private static BaseModel ByTensors(IReadOnlyList<TensorInfo> tensors)
    {
        foreach (var tensor in tensors)
        {
            if (Has("lora_te3_") || Has("double_blocks") || Has("joint_blocks") || Has("single_transformer_blocks")) return BaseModel.Other;
            if (Has("lora_te2_") || Has("text_encoder_2.")) return BaseModel.Sdxl;
            if (!Has("attn2_to_k") && !Has("attn2_to_v") && !Has("attn2.to_k") && !Has("attn2.to_v")) continue;
            if (!Has("lora_down") && !Has("lora_A") && !Has("lora.down") && !Has("hada_w1_b") && !Has(".diff")) continue;

            switch (tensor.Shape is [.., var width] ? width : 0)
            {
                case 2048: return BaseModel.Sdxl;
                case 1024: return BaseModel.Sd2;
                case 768: return BaseModel.Sd1;
                default: continue;
            }

            bool Has(string part) => tensor.Name.Contains(part, StringComparison.Ordinal);
        }

        return BaseModel.Unknown;
    }
}
