namespace Kohaku.Generation.Tests.Golden;

/// <summary>Name, shape, scale and offset of every tensor of a single-file SDXL checkpoint of given sizes.</summary>
internal sealed class SdxlManifest
{
    private readonly List<FormulaTensor> _tensors = [];
    private readonly SdxlSizes _sizes;

    private SdxlManifest(SdxlSizes sizes) => _sizes = sizes;

    public static IReadOnlyList<FormulaTensor> Of(SdxlSizes sizes)
    {
        var manifest = new SdxlManifest(sizes);
        manifest.FirstEncoder("conditioner.embedders.0.transformer.text_model.");
        manifest.SecondEncoder("conditioner.embedders.1.model.");
        manifest.Unet("model.diffusion_model.");
        manifest.Vae("first_stage_model.");
        return manifest._tensors;
    }

    private void FirstEncoder(string root)
    {
        var (width, layers) = _sizes.First;
        Embedding(root + "embeddings.token_embedding.weight", 0.6, _sizes.Vocabulary, width);
        Embedding(root + "embeddings.position_embedding.weight", 0.3, 77, width);
        for (var i = 0; i < layers; i++)
        {
            var name = $"{root}encoder.layers.{i}.";
            Norm(name + "layer_norm1", width);
            Norm(name + "layer_norm2", width);
            foreach (var part in "qkv") Linear($"{name}self_attn.{part}_proj", width, width);
            Linear(name + "self_attn.out_proj", width, width);
            Linear(name + "mlp.fc1", 4 * width, width);
            Linear(name + "mlp.fc2", width, 4 * width);
        }

        Norm(root + "final_layer_norm", width);
    }

    private void SecondEncoder(string root)
    {
        var (width, layers) = _sizes.Second;
        Embedding(root + "token_embedding.weight", 0.6, _sizes.Vocabulary, width);
        Embedding(root + "positional_embedding", 0.3, 77, width);
        for (var i = 0; i < layers; i++)
        {
            var name = $"{root}transformer.resblocks.{i}.";
            Norm(name + "ln_1", width);
            Norm(name + "ln_2", width);
            Weight(name + "attn.in_proj_weight", 3 * width, width);
            Weight(name + "attn.in_proj_bias", 3 * width);
            Linear(name + "attn.out_proj", width, width);
            Linear(name + "mlp.c_fc", 4 * width, width);
            Linear(name + "mlp.c_proj", width, 4 * width);
        }

        Norm(root + "ln_final", width);
        Weight(root + "text_projection", width, _sizes.Projection);
        Weight(root + "logit_scale", 1);
    }

    private void Unet(string root)
    {
        var time = 4 * _sizes.Channels;
        Linear(root + "time_embed.0", time, _sizes.Channels);
        Linear(root + "time_embed.2", time, time);
        Linear(root + "label_emb.0.0", time, _sizes.Projection + (6 * 256));
        Linear(root + "label_emb.0.2", time, time);
        Convolution(root + "input_blocks.0.0", _sizes.Channels, 4, 3);

        var (block, current) = (1, _sizes.Channels);
        var skips = new Stack<int>([current]);
        for (var level = 0; level < _sizes.Multipliers.Length; level++)
        {
            for (var i = 0; i < _sizes.Blocks; i++)
            {
                Residual($"{root}input_blocks.{block}.0.", current, current = _sizes.Channels * _sizes.Multipliers[level], time);
                if (_sizes.Depths[level] > 0) Transformer($"{root}input_blocks.{block}.1.", current, _sizes.Depths[level]);
                skips.Push(current);
                block++;
            }

            if (level == _sizes.Multipliers.Length - 1) continue;
            Convolution($"{root}input_blocks.{block}.0.op", current, current, 3);
            skips.Push(current);
            block++;
        }

        Residual(root + "middle_block.0.", current, current, time);
        Transformer(root + "middle_block.1.", current, _sizes.MiddleDepth);
        Residual(root + "middle_block.2.", current, current, time);

        block = 0;
        for (var level = _sizes.Multipliers.Length - 1; level >= 0; level--)
        {
            for (var i = 0; i <= _sizes.Blocks; i++)
            {
                Residual($"{root}output_blocks.{block}.0.", current + skips.Pop(), current = _sizes.Channels * _sizes.Multipliers[level], time);
                var part = 1;
                if (_sizes.Depths[level] > 0) Transformer($"{root}output_blocks.{block}.{part++}.", current, _sizes.Depths[level]);
                if (level > 0 && i == _sizes.Blocks) Convolution($"{root}output_blocks.{block}.{part}.conv", current, current, 3);
                block++;
            }
        }

        Norm(root + "out.0", _sizes.Channels);
        Convolution(root + "out.2", 4, _sizes.Channels, 3);
    }

    private void Residual(string name, int from, int to, int time)
    {
        Norm(name + "in_layers.0", from);
        Convolution(name + "in_layers.2", to, from, 3);
        Linear(name + "emb_layers.1", to, time);
        Norm(name + "out_layers.0", to);
        Convolution(name + "out_layers.3", to, to, 3);
        if (from != to) Convolution(name + "skip_connection", to, from, 1);
    }

    private void Transformer(string name, int width, int depth)
    {
        var context = _sizes.First.Width + _sizes.Second.Width;
        Norm(name + "norm", width);
        Pointwise(name + "proj_in", width, isConvolution: false);
        Pointwise(name + "proj_out", width, isConvolution: false);
        for (var i = 0; i < depth; i++)
        {
            var block = $"{name}transformer_blocks.{i}.";
            foreach (var (attention, from) in new[] { ("attn1", width), ("attn2", context) })
            {
                Weight($"{block}{attention}.to_q.weight", width, width);
                Weight($"{block}{attention}.to_k.weight", width, from);
                Weight($"{block}{attention}.to_v.weight", width, from);
                Linear($"{block}{attention}.to_out.0", width, width);
            }

            Linear(block + "ff.net.0.proj", 8 * width, width);
            Linear(block + "ff.net.2", width, 4 * width);
            for (var norm = 1; norm <= 3; norm++) Norm($"{block}norm{norm}", width);
        }
    }

    private void Vae(string root)
    {
        var current = _sizes.VaeChannels;
        var levels = _sizes.VaeMultipliers.Length;
        Convolution(root + "encoder.conv_in", current, 3, 3);
        for (var level = 0; level < levels; level++)
        {
            for (var i = 0; i < _sizes.VaeBlocks; i++) VaeResidual($"{root}encoder.down.{level}.block.{i}.", current, current = _sizes.VaeChannels * _sizes.VaeMultipliers[level]);
            if (level < levels - 1) Convolution($"{root}encoder.down.{level}.downsample.conv", current, current, 3);
        }

        VaeMiddle(root + "encoder.", current);
        Norm(root + "encoder.norm_out", current);
        Convolution(root + "encoder.conv_out", 8, current, 3);

        Convolution(root + "decoder.conv_in", current, 4, 3);
        VaeMiddle(root + "decoder.", current);
        for (var level = levels - 1; level >= 0; level--)
        {
            for (var i = 0; i <= _sizes.VaeBlocks; i++) VaeResidual($"{root}decoder.up.{level}.block.{i}.", current, current = _sizes.VaeChannels * _sizes.VaeMultipliers[level]);
            if (level > 0) Convolution($"{root}decoder.up.{level}.upsample.conv", current, current, 3);
        }

        Norm(root + "decoder.norm_out", current);
        Convolution(root + "decoder.conv_out", 3, current, 3);
        Convolution(root + "quant_conv", 8, 8, 1);
        Convolution(root + "post_quant_conv", 4, 4, 1);
    }

    private void VaeMiddle(string name, int channels)
    {
        VaeResidual(name + "mid.block_1.", channels, channels);
        Norm(name + "mid.attn_1.norm", channels);
        foreach (var part in new[] { "q", "k", "v", "proj_out" }) Pointwise($"{name}mid.attn_1.{part}", channels, isConvolution: true);
        VaeResidual(name + "mid.block_2.", channels, channels);
    }

    private void VaeResidual(string name, int from, int to)
    {
        Norm(name + "norm1", from);
        Convolution(name + "conv1", to, from, 3);
        Norm(name + "norm2", to);
        Convolution(name + "conv2", to, to, 3);
        if (from != to) Convolution(name + "nin_shortcut", to, from, 1);
    }

    private void Pointwise(string name, int width, bool isConvolution)
    {
        if (isConvolution != _sizes.HasOtherRanks) Convolution(name, width, width, 1);
        else Linear(name, width, width);
    }

    private void Linear(string name, int to, int from)
    {
        Weight(name + ".weight", to, from);
        Weight(name + ".bias", to);
    }

    private void Convolution(string name, int to, int from, int side)
    {
        Weight(name + ".weight", to, from, side, side);
        Weight(name + ".bias", to);
    }

    private void Norm(string name, int width)
    {
        _tensors.Add(new FormulaTensor(name + ".weight", [width], 0.1, 1));
        _tensors.Add(new FormulaTensor(name + ".bias", [width], 0.1, 0));
    }

    private void Embedding(string name, double scale, params long[] shape) => _tensors.Add(new FormulaTensor(name, shape, scale, 0));

    private void Weight(string name, params long[] shape) =>
        _tensors.Add(new FormulaTensor(name, shape, shape.Length == 1 ? 0.05 : Math.Sqrt(3.0 / shape[1..].Aggregate(1.0, (product, side) => product * side)), 0));
}
