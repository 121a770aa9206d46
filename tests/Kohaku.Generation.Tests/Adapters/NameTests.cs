using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Tests.Golden;
using static Kohaku.Generation.Tests.Adapters.AdapterFixture;

namespace Kohaku.Generation.Tests.Adapters;

/// <summary>Names of modules in the wild, against the keys of the scaled-down checkpoint and of one at real size.</summary>
public sealed class NameTests
{
    private static readonly Lazy<ModuleNames> s_tiny = new(() => new ModuleNames(CheckpointKeys.Tiny));
    private static readonly Lazy<ModuleNames> s_real = new(() => new ModuleNames(CheckpointKeys.Real));

    [Theory]
    // kohya-ss/sd-scripts, as files on civitai have them
    [InlineData("lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q", "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn1.to_q.weight")]
    [InlineData("lora_unet_input_blocks_8_1_transformer_blocks_9_attn2_to_out_0", "model.diffusion_model.input_blocks.8.1.transformer_blocks.9.attn2.to_out.0.weight")]
    [InlineData("lora_unet_middle_block_1_transformer_blocks_9_ff_net_0_proj", "model.diffusion_model.middle_block.1.transformer_blocks.9.ff.net.0.proj.weight")]
    [InlineData("lora_unet_output_blocks_5_1_proj_in", "model.diffusion_model.output_blocks.5.1.proj_in.weight")]
    [InlineData("lora_unet_output_blocks_2_2_conv", "model.diffusion_model.output_blocks.2.2.conv.weight")]
    [InlineData("lora_unet_input_blocks_3_0_op", "model.diffusion_model.input_blocks.3.0.op.weight")]
    [InlineData("lora_unet_label_emb_0_0", "model.diffusion_model.label_emb.0.0.weight")]
    [InlineData("lora_unet_time_embed_2", "model.diffusion_model.time_embed.2.weight")]
    [InlineData("lora_te1_text_model_encoder_layers_11_self_attn_q_proj", "conditioner.embedders.0.transformer.text_model.encoder.layers.11.self_attn.q_proj.weight")]
    [InlineData("lora_te1_text_model_encoder_layers_0_mlp_fc1", "conditioner.embedders.0.transformer.text_model.encoder.layers.0.mlp.fc1.weight")]
    [InlineData("lora_te2_text_model_encoder_layers_31_mlp_fc2", "conditioner.embedders.1.model.transformer.resblocks.31.mlp.c_proj.weight")]
    [InlineData("lora_te2_text_model_encoder_layers_7_self_attn_out_proj", "conditioner.embedders.1.model.transformer.resblocks.7.attn.out_proj.weight")]
    [InlineData("lora_te2_text_model_encoder_layers_7_layer_norm1", "conditioner.embedders.1.model.transformer.resblocks.7.ln_1.weight")]
    [InlineData("lora_te2_text_model_final_layer_norm", "conditioner.embedders.1.model.ln_final.weight")]
    [InlineData("lora_te2_text_projection", "conditioner.embedders.1.model.text_projection")]
    // kohya with diffusers' names of the blocks
    [InlineData("lora_unet_conv_in", "model.diffusion_model.input_blocks.0.0.weight")]
    [InlineData("lora_unet_conv_out", "model.diffusion_model.out.2.weight")]
    [InlineData("lora_unet_time_embedding_linear_1", "model.diffusion_model.time_embed.0.weight")]
    [InlineData("lora_unet_add_embedding_linear_2", "model.diffusion_model.label_emb.0.2.weight")]
    [InlineData("lora_unet_down_blocks_0_resnets_1_conv1", "model.diffusion_model.input_blocks.2.0.in_layers.2.weight")]
    [InlineData("lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1_to_q", "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn1.to_q.weight")]
    [InlineData("lora_unet_down_blocks_1_resnets_0_conv_shortcut", "model.diffusion_model.input_blocks.4.0.skip_connection.weight")]
    [InlineData("lora_unet_down_blocks_0_downsamplers_0_conv", "model.diffusion_model.input_blocks.3.0.op.weight")]
    [InlineData("lora_unet_down_blocks_2_attentions_1_transformer_blocks_9_ff_net_2", "model.diffusion_model.input_blocks.8.1.transformer_blocks.9.ff.net.2.weight")]
    [InlineData("lora_unet_mid_block_attentions_0_proj_out", "model.diffusion_model.middle_block.1.proj_out.weight")]
    [InlineData("lora_unet_mid_block_resnets_1_time_emb_proj", "model.diffusion_model.middle_block.2.emb_layers.1.weight")]
    [InlineData("lora_unet_up_blocks_0_attentions_2_transformer_blocks_4_attn2_to_v", "model.diffusion_model.output_blocks.2.1.transformer_blocks.4.attn2.to_v.weight")]
    [InlineData("lora_unet_up_blocks_0_upsamplers_0_conv", "model.diffusion_model.output_blocks.2.2.conv.weight")]
    [InlineData("lora_unet_up_blocks_1_upsamplers_0_conv", "model.diffusion_model.output_blocks.5.2.conv.weight")]
    [InlineData("lora_unet_up_blocks_2_resnets_2_norm2", "model.diffusion_model.output_blocks.8.0.out_layers.0.weight")]
    // diffusers and PEFT
    [InlineData("unet.down_blocks.1.attentions.1.transformer_blocks.1.attn2.to_out.0", "model.diffusion_model.input_blocks.5.1.transformer_blocks.1.attn2.to_out.0.weight")]
    [InlineData("unet.up_blocks.1.attentions.1.proj_in", "model.diffusion_model.output_blocks.4.1.proj_in.weight")]
    [InlineData("base_model.model.mid_block.attentions.0.proj_in", "model.diffusion_model.middle_block.1.proj_in.weight")]
    [InlineData("text_encoder.text_model.encoder.layers.3.self_attn.k_proj", "conditioner.embedders.0.transformer.text_model.encoder.layers.3.self_attn.k_proj.weight")]
    [InlineData("text_encoder_2.text_model.encoder.layers.30.mlp.fc1", "conditioner.embedders.1.model.transformer.resblocks.30.mlp.c_fc.weight")]
    // diffusers before 0.20
    [InlineData("unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora", "model.diffusion_model.middle_block.1.transformer_blocks.0.attn1.to_q.weight")]
    [InlineData("mid_block.attentions.0.transformer_blocks.0.attn2.processor.to_out_lora", "model.diffusion_model.middle_block.1.transformer_blocks.0.attn2.to_out.0.weight")]
    [InlineData("text_encoder.text_model.encoder.layers.3.self_attn.to_out_lora", "conditioner.embedders.0.transformer.text_model.encoder.layers.3.self_attn.out_proj.weight")]
    // LyCORIS, and plain keys
    [InlineData("lycoris_input_blocks_5_0_out_layers_3", "model.diffusion_model.input_blocks.5.0.out_layers.3.weight")]
    [InlineData("lycoris_unet_down_blocks_1_attentions_0_proj_in", "model.diffusion_model.input_blocks.4.1.proj_in.weight")]
    [InlineData("lycoris_te2_text_model_encoder_layers_0_mlp_fc2", "conditioner.embedders.1.model.transformer.resblocks.0.mlp.c_proj.weight")]
    [InlineData("diffusion_model.output_blocks.0.0.emb_layers.1", "model.diffusion_model.output_blocks.0.0.emb_layers.1.weight")]
    [InlineData("model.diffusion_model.output_blocks.0.0.emb_layers.1", "model.diffusion_model.output_blocks.0.0.emb_layers.1.weight")]
    public void A_module_of_SDXL_is_found_by_its_names(string name, string tensor)
    {
        Assert.True(s_real.Value.TryFind(name, out var target), name);
        Assert.Equal(tensor, target.Weight.Name);
        Assert.Equal(tensor.Replace(".weight", ".bias", StringComparison.Ordinal), target.Bias?.Name ?? tensor.Replace(".weight", ".bias", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lora_te2_text_model_encoder_layers_31_self_attn_q_proj", 0)]
    [InlineData("text_encoder_2.text_model.encoder.layers.31.self_attn.k_proj", 1)]
    [InlineData("lora_te2_text_model_encoder_layers_31_self_attn_v_proj", 2)]
    public void A_projection_of_encoder_2_is_a_part_of_the_fused_one(string name, int part)
    {
        Assert.True(s_real.Value.TryFind(name, out var target));
        Assert.Equal(("conditioner.embedders.1.model.transformer.resblocks.31.attn.in_proj_weight", 1280 * part, 1280), (target.Weight.Name, target.FirstRow, target.Rows));
        Assert.Equal("conditioner.embedders.1.model.transformer.resblocks.31.attn.in_proj_bias", target.Bias?.Name);
    }

    [Theory]
    [InlineData("lora_te_text_model_encoder_layers_0_mlp_fc1")]
    [InlineData("lora_unet_down_blocks_3_resnets_0_conv1")]
    [InlineData("lora_unet_down_blocks_0_attentions_0_proj_in")]
    [InlineData("lora_te1_text_model_encoder_layers_12_mlp_fc1")]
    [InlineData("lora_unet_input_blocks_4_1_transformer_blocks_2_attn1_to_q")]
    public void A_module_that_SDXL_lacks_is_not_found(string name) => Assert.False(s_real.Value.TryFind(name, out _));

    [Fact]
    public void Every_weight_of_both_encoders_and_the_UNet_has_kohyas_name()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in CheckpointKeys.Tiny.Tensors.Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal)))
        {
            var name = tensor.Name[..^".weight".Length];
            if (name.StartsWith("model.diffusion_model.", StringComparison.Ordinal)) name = "lora_unet_" + name["model.diffusion_model.".Length..].Replace('.', '_');
            else if (name.StartsWith("conditioner.embedders.0.transformer.", StringComparison.Ordinal)) name = "lora_te1_" + name["conditioner.embedders.0.transformer.".Length..].Replace('.', '_');
            else continue;

            Assert.True(s_tiny.Value.TryFind(name, out var target), name);
            Assert.Equal(tensor.Name, target.Weight.Name);
            Assert.True(found.Add(name), name);
        }

        Assert.True(found.Count > 200);
    }

    [Theory]
    [InlineData("lora", 3)]
    [InlineData("locon", 3)]
    [InlineData("loha", 5)]
    [InlineData("lokr", 3)]
    [InlineData("diff", 2)]
    [InlineData("dora", 4)]
    [InlineData("peft", 2)]
    public void Every_key_of_the_reference_adapters_finds_its_place(string kind, int partsAtLeast)
    {
        var keys = AdapterFixture.Golden(kind).Select(tensor => tensor.Name).ToList();
        Assert.NotEmpty(keys);
        var modules = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            Assert.True(AdapterParts.TryDivide(key, out var module, out _), key);
            Assert.True(s_tiny.Value.TryFind(module, out _), key);
            modules[module] = modules.GetValueOrDefault(module) + 1;
        }

        Assert.Contains(modules.Values, count => count >= partsAtLeast);
    }

    [Fact]
    public void A_part_of_a_fused_projection_changes_its_rows_alone()
    {
        using var folder = new AdapterFixture();
        const string layer = "conditioner.embedders.1.model.transformer.resblocks.0.attn.";
        folder.WriteCheckpoint("F16", (layer + "in_proj_weight", [12, 4]), (layer + "in_proj_bias", [12]));
        var (k, v, bias) = (Random("k", 4, 4), Random("v", 4, 4), Random("bias", 4));
        var adapter = folder.WriteAdapter(
            "a",
            ("lora_te2_text_model_encoder_layers_0_self_attn_v_proj.diff", [4, 4], v),
            ("lora_te2_text_model_encoder_layers_0_self_attn_k_proj.diff", [4, 4], k),
            ("lora_te2_text_model_encoder_layers_0_self_attn_k_proj.diff_b", [4], bias));
        var merge = folder.Merge(new AdapterCall(adapter, 0.5, 0));

        var old = Random("w|" + layer + "in_proj_weight", 12, 4);
        Assert.Equal([.. old[..16], .. Plus(old[16..32], k), .. Plus(old[32..], v)], Read(merge.Overlay!, layer + "in_proj_weight"));
        old = Random("w|" + layer + "in_proj_bias", 12);
        Assert.Equal([.. old[..4], .. Plus(old[4..8], bias), .. old[8..]], Read(merge.Overlay!, layer + "in_proj_bias"));

        static float[] Plus(float[] weight, float[] diff) => [.. weight.Zip(diff, (w, d) => w + (d * 0.5f))];
    }

    [Fact]
    public void The_projection_of_encoder_2_is_turned_for_adapters()
    {
        using var folder = new AdapterFixture();
        const string tensor = "conditioner.embedders.1.model.text_projection";
        folder.WriteCheckpoint("F16", (tensor, [6, 4]));
        var diff = Random("diff", 4, 6);
        var merged = folder.Merged(tensor, new AdapterCall(folder.WriteAdapter("a", ("lora_te2_text_projection.diff", [4, 6], diff)), 1, 1));
        var old = Random("w|" + tensor, 6, 4);
        for (var row = 0; row < 6; row++)
        {
            for (var column = 0; column < 4; column++) Assert.Equal(old[(row * 4) + column] + diff[(column * 6) + row], merged[(row * 4) + column], 1e-6);
        }
    }

    [Fact]
    public void The_old_form_of_diffusers_is_read()
    {
        using var folder = new AdapterFixture();
        const string module = "model.diffusion_model.middle_block.1.transformer_blocks.0.attn1.to_out.0";
        folder.WriteCheckpoint("F16", (module + ".weight", [4, 4]), (module + ".bias", [4]));
        var (up, down) = (Random("up", 4, 1), Random("down", 1, 4));
        const string name = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out_lora";
        var merge = folder.Merge(new AdapterCall(folder.WriteAdapter("a", ($"{name}.up.weight", [4, 1], up), ($"{name}.down.weight", [1, 4], down)), 1, 1));
        Assert.Empty(merge.Unmapped);
        var (old, merged) = (Random("w|" + module + ".weight", 4, 4), Read(merge.Overlay!, module + ".weight"));
        for (var i = 0; i < 16; i++) Assert.Equal(old[i] + (up[i / 4] * down[i % 4]), merged[i], 1e-6);
    }
}
