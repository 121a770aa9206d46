using Kohaku.Files;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Adapters;

/// <summary>The headers of checkpoints without their data.</summary>
internal static class CheckpointKeys
{
    private static readonly Lazy<SafetensorsHeader> s_tiny = new(() => Header(TinyCheckpoint.Tensors.Select(tensor => (tensor.Name, tensor.Shape))));
    private static readonly Lazy<SafetensorsHeader> s_real = new(() => Header(SdxlTensors()));

    /// <summary>The scaled-down one's.</summary>
    public static SafetensorsHeader Tiny => s_tiny.Value;

    /// <summary>SDXL's own: both encoders and the UNet, made of its numbers.</summary>
    public static SafetensorsHeader Real => s_real.Value;

    /// <summary>Names and shapes of SDXL's tensors, without the VAE's.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> RealTensors => [.. SdxlTensors()];

    private static SafetensorsHeader Header(IEnumerable<(string Name, long[] Shape)> tensors)
    {
        var folder = Directory.CreateTempSubdirectory("kohaku-keys-");
        try
        {
            var path = Path.Combine(folder.FullName, "keys.safetensors");
            Write(path, [.. tensors]);
            Assert.True(SafetensorsHeader.TryRead(path, out var header, out var problem), problem?.ToString());
            return header;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A file with a hole for its data: it has the size, and takes no room.
    private static void Write(string path, IReadOnlyList<(string Name, long[] Shape)> tensors)
    {
        var rows = tensors.Select(tensor => (tensor.Name, "F16", tensor.Shape, 2 * tensor.Shape.Aggregate(1L, (product, side) => product * side))).ToList();
        using var writer = SafetensorsWriter.Create(path, rows, new Dictionary<string, string>());
        writer.Commit();
    }

    private static IEnumerable<(string Name, long[] Shape)> SdxlTensors()
    {
        foreach (var tensor in First("conditioner.embedders.0.transformer.text_model.", 768, 12)) yield return tensor;
        foreach (var tensor in Second("conditioner.embedders.1.model.", 1280, 32)) yield return tensor;
        foreach (var tensor in UNet("model.diffusion_model.")) yield return tensor;
    }

    private static IEnumerable<(string Name, long[] Shape)> First(string prefix, long width, int layers)
    {
        yield return (prefix + "embeddings.token_embedding.weight", [49408, width]);
        yield return (prefix + "embeddings.position_embedding.weight", [77, width]);
        for (var i = 0; i < layers; i++)
        {
            var layer = $"{prefix}encoder.layers.{i}.";
            foreach (var norm in new[] { "layer_norm1", "layer_norm2" })
            foreach (var tensor in Norm(layer + norm, width)) yield return tensor;
            foreach (var name in new[] { "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.out_proj" })
            foreach (var tensor in Linear(layer + name, width, width)) yield return tensor;
            foreach (var tensor in Linear(layer + "mlp.fc1", 4 * width, width)) yield return tensor;
            foreach (var tensor in Linear(layer + "mlp.fc2", width, 4 * width)) yield return tensor;
        }

        foreach (var tensor in Norm(prefix + "final_layer_norm", width)) yield return tensor;
    }

    private static IEnumerable<(string Name, long[] Shape)> Second(string prefix, long width, int layers)
    {
        yield return (prefix + "token_embedding.weight", [49408, width]);
        yield return (prefix + "positional_embedding", [77, width]);
        for (var i = 0; i < layers; i++)
        {
            var layer = $"{prefix}transformer.resblocks.{i}.";
            foreach (var tensor in Norm(layer + "ln_1", width)) yield return tensor;
            foreach (var tensor in Norm(layer + "ln_2", width)) yield return tensor;
            yield return (layer + "attn.in_proj_weight", [3 * width, width]);
            yield return (layer + "attn.in_proj_bias", [3 * width]);
            foreach (var tensor in Linear(layer + "attn.out_proj", width, width)) yield return tensor;
            foreach (var tensor in Linear(layer + "mlp.c_fc", 4 * width, width)) yield return tensor;
            foreach (var tensor in Linear(layer + "mlp.c_proj", width, 4 * width)) yield return tensor;
        }

        foreach (var tensor in Norm(prefix + "ln_final", width)) yield return tensor;
        yield return (prefix + "text_projection", [width, width]);
    }

    private static List<(string Name, long[] Shape)> UNet(string prefix)
    {
        long[] levels = [320, 640, 1280];
        int[] depths = [0, 2, 10];
        var all = new List<(string Name, long[] Shape)>();
        all.AddRange([.. Linear(prefix + "time_embed.0", 1280, 320), .. Linear(prefix + "time_embed.2", 1280, 1280)]);
        all.AddRange([.. Linear(prefix + "label_emb.0.0", 1280, 2816), .. Linear(prefix + "label_emb.0.2", 1280, 1280)]);
        all.AddRange(Convolution(prefix + "input_blocks.0.0", 320, 4, 3));
        var skips = new Stack<long>([320]);
        long width = 320;
        var block = 1;
        for (var level = 0; level < 3; level++)
        {
            for (var i = 0; i < 2; i++, block++)
            {
                all.AddRange(Residual($"{prefix}input_blocks.{block}.0.", width, levels[level]));
                width = levels[level];
                if (depths[level] > 0) all.AddRange(Transformer($"{prefix}input_blocks.{block}.1.", width, depths[level]));
                skips.Push(width);
            }

            if (level == 2) continue;
            all.AddRange(Convolution($"{prefix}input_blocks.{block++}.0.op", width, width, 3));
            skips.Push(width);
        }

        all.AddRange([.. Residual(prefix + "middle_block.0.", 1280, 1280), .. Transformer(prefix + "middle_block.1.", 1280, 10), .. Residual(prefix + "middle_block.2.", 1280, 1280)]);
        block = 0;
        for (var level = 2; level >= 0; level--)
        {
            for (var i = 0; i < 3; i++, block++)
            {
                all.AddRange(Residual($"{prefix}output_blocks.{block}.0.", width + skips.Pop(), levels[level]));
                width = levels[level];
                if (depths[level] > 0) all.AddRange(Transformer($"{prefix}output_blocks.{block}.1.", width, depths[level]));
                if (level > 0 && i == 2) all.AddRange(Convolution($"{prefix}output_blocks.{block}.{(depths[level] > 0 ? 2 : 1)}.conv", width, width, 3));
            }
        }

        all.AddRange([.. Norm(prefix + "out.0", 320), .. Convolution(prefix + "out.2", 4, 320, 3)]);
        return all;
    }

    private static IEnumerable<(string Name, long[] Shape)> Residual(string prefix, long inputs, long outputs) =>
    [
        .. Norm(prefix + "in_layers.0", inputs), .. Convolution(prefix + "in_layers.2", outputs, inputs, 3), .. Linear(prefix + "emb_layers.1", outputs, 1280),
        .. Norm(prefix + "out_layers.0", outputs), .. Convolution(prefix + "out_layers.3", outputs, outputs, 3),
        .. inputs == outputs ? [] : Convolution(prefix + "skip_connection", outputs, inputs, 1),
    ];

    private static List<(string Name, long[] Shape)> Transformer(string prefix, long width, int depth)
    {
        var all = new List<(string Name, long[] Shape)>([.. Norm(prefix + "norm", width), .. Linear(prefix + "proj_in", width, width), .. Linear(prefix + "proj_out", width, width)]);
        for (var i = 0; i < depth; i++)
        {
            var layer = $"{prefix}transformer_blocks.{i}.";
            foreach (var (attention, context) in new[] { ("attn1", width), ("attn2", 2048L) })
            {
                all.AddRange([(layer + attention + ".to_q.weight", [width, width]), (layer + attention + ".to_k.weight", [width, context]), (layer + attention + ".to_v.weight", [width, context])]);
                all.AddRange(Linear(layer + attention + ".to_out.0", width, width));
            }

            all.AddRange([.. Linear(layer + "ff.net.0.proj", 8 * width, width), .. Linear(layer + "ff.net.2", width, 4 * width)]);
            all.AddRange([.. Norm(layer + "norm1", width), .. Norm(layer + "norm2", width), .. Norm(layer + "norm3", width)]);
        }

        return all;
    }

    private static (string Name, long[] Shape)[] Linear(string name, long outputs, long inputs) => [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])];

    private static (string Name, long[] Shape)[] Convolution(string name, long outputs, long inputs, long side) => [(name + ".weight", [outputs, inputs, side, side]), (name + ".bias", [outputs])];

    private static (string Name, long[] Shape)[] Norm(string name, long width) => [(name + ".weight", [width]), (name + ".bias", [width])];
}
