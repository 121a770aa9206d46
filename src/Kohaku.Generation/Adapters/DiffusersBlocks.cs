using System.Globalization;

namespace Kohaku.Generation.Adapters;

/// <summary>The names that diffusers has for the modules of a UNet in Stability's layout.</summary>
/// <remarks>Which block ends a level is read from the keys: a down-sampling (<c>.0.op</c>) or an up-sampling (<c>.conv</c>) stands there. So any number of levels and blocks will do.</remarks>
internal sealed class DiffusersBlocks
{
    private static readonly Dictionary<string, string> s_single = new(StringComparer.Ordinal)
    {
        ["time_embed.0"] = "time_embedding.linear_1",
        ["time_embed.2"] = "time_embedding.linear_2",
        ["label_emb.0.0"] = "add_embedding.linear_1",
        ["label_emb.0.2"] = "add_embedding.linear_2",
        ["input_blocks.0.0"] = "conv_in",
        ["out.0"] = "conv_norm_out",
        ["out.2"] = "conv_out",
    };

    private static readonly (string Stability, string Diffusers)[] s_residual =
    [
        ("in_layers.0", "norm1"), ("in_layers.2", "conv1"), ("emb_layers.1", "time_emb_proj"),
        ("out_layers.0", "norm2"), ("out_layers.3", "conv2"), ("skip_connection", "conv_shortcut"),
    ];

    // "input_blocks.4.1" → "down_blocks.1.attentions.0"; a residual block's inner names differ too.
    private readonly Dictionary<string, (string Name, bool IsResidual)> _parts = new(StringComparer.Ordinal);

    /// <summary>Reads the blocks.</summary>
    /// <param name="keys">The UNet's keys, without the prefix that they have in common.</param>
    public DiffusersBlocks(IEnumerable<string> keys)
    {
        var all = keys.ToHashSet(StringComparer.Ordinal);
        var blocks = new Dictionary<(string Side, int Block), SortedSet<int>>();
        foreach (var key in all)
        {
            if (key.Split('.', 4) is not [("input_blocks" or "output_blocks") and var side, var block, var part, _]) continue;
            if (!TryNumber(block, out var blockNumber) || !TryNumber(part, out var partNumber)) continue;
            if (!blocks.TryGetValue((side, blockNumber), out var parts)) blocks.Add((side, blockNumber), parts = []);
            parts.Add(partNumber);
        }

        Walk(blocks, all, "input_blocks", 1, "down_blocks", "downsamplers.0.conv");
        Walk(blocks, all, "output_blocks", 0, "up_blocks", "upsamplers.0.conv");
        _parts["middle_block.0"] = ("mid_block.resnets.0", true);
        _parts["middle_block.1"] = ("mid_block.attentions.0", false);
        _parts["middle_block.2"] = ("mid_block.resnets.1", true);
    }

    /// <summary>A module's name in diffusers, or null.</summary>
    /// <param name="module">In Stability's layout, without prefix: <c>input_blocks.4.1.proj_in</c>.</param>
    public string? NameOf(string module)
    {
        if (s_single.TryGetValue(module, out var single)) return single;

        var dots = 0;
        var end = module.StartsWith("middle_block.", StringComparison.Ordinal) ? 2 : 3;
        for (var i = 0; i < module.Length; i++)
        {
            if (module[i] != '.' || ++dots < end) continue;
            if (!_parts.TryGetValue(module[..i], out var part)) return null;

            var rest = module[(i + 1)..];
            if (!part.IsResidual) return rest is "op" or "conv" ? part.Name : $"{part.Name}.{rest}";

            foreach (var (stability, diffusers) in s_residual)
            {
                if (rest == stability) return $"{part.Name}.{diffusers}";
            }

            return null;
        }

        return null;
    }

    private void Walk(Dictionary<(string Side, int Block), SortedSet<int>> blocks, HashSet<string> keys, string side, int first, string name, string sampler)
    {
        int level = 0, index = 0;
        for (var block = first; blocks.TryGetValue((side, block), out var parts); block++)
        {
            var endsLevel = false;
            foreach (var part in parts)
            {
                var path = $"{side}.{block}.{part}";
                if (keys.Contains(path + ".op.weight") || keys.Contains(path + ".conv.weight"))
                {
                    _parts[path] = ($"{name}.{level}.{sampler}", false);
                    endsLevel = true;
                }
                else
                {
                    _parts[path] = part == 0 ? ($"{name}.{level}.resnets.{index}", true) : ($"{name}.{level}.attentions.{index}", false);
                }
            }

            index++;
            if (!endsLevel) continue;

            level++;
            index = 0;
        }
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>The names that transformers has for the modules of a text encoder in OpenCLIP's layout.</summary>
internal static class OpenClipNames
{
    private const string Blocks = "transformer.resblocks.";

    private static readonly Dictionary<string, string> s_layer = new(StringComparer.Ordinal)
    {
        [""] = "",
        ["ln_1"] = ".layer_norm1",
        ["ln_2"] = ".layer_norm2",
        ["attn.out_proj"] = ".self_attn.out_proj",
        ["mlp.c_fc"] = ".mlp.fc1",
        ["mlp.c_proj"] = ".mlp.fc2",
    };

    /// <summary>A module's name there, or null.</summary>
    /// <param name="module">In OpenCLIP's layout, without prefix; a layer alone gives the layer's name.</param>
    public static string? HuggingFace(string module)
    {
        switch (module)
        {
            case "token_embedding": return "text_model.embeddings.token_embedding";
            case "positional_embedding": return "text_model.embeddings.position_embedding";
            case "ln_final": return "text_model.final_layer_norm";
            case "text_projection": return "text_projection";
        }

        if (!module.StartsWith(Blocks, StringComparison.Ordinal)) return null;

        var dot = module.IndexOf('.', Blocks.Length);
        var layer = dot < 0 ? module[Blocks.Length..] : module[Blocks.Length..dot];
        return s_layer.TryGetValue(dot < 0 ? "" : module[(dot + 1)..], out var name) ? $"text_model.encoder.layers.{layer}{name}" : null;
    }
}
