using Kohaku.Generation.Adapters;
using Kohaku.Generation.Models;
using Kohaku.Generation.Tests.Golden;
using static Kohaku.Generation.Tests.Adapters.AdapterFixture;

namespace Kohaku.Generation.Tests.Adapters;

public sealed class AdapterErrorTests
{
    private const string Tensor = "model.diffusion_model.middle_block.1.proj_in.weight";
    private const string Module = "lora_unet_middle_block_1_proj_in";

    [Fact]
    public void A_key_that_maps_to_nothing_is_told_and_the_rest_is_used()
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter(
            "a",
            ($"{Module}.diff", [8, 8], Random("diff", 8, 8)),
            ($"{Module}.oft_blocks", [2, 4, 4], Random("oft", 2, 4, 4)),
            ($"{Module}.diff_b", [8], Random("bias", 8)),
            ("lora_unet_middle_block_7_proj_in.diff", [8, 8], Random("diff", 8, 8)),
            ("lora_unet_middle_block_1_norm.alpha", [], [1]),
            ("bundle_emb.style.clip_l", [1, 4], Random("emb", 1, 4)));
        var merge = folder.Merge(new AdapterCall(adapter, 1, 1), new AdapterCall(adapter, 1, 1));

        var unmapped = Assert.Single(merge.Unmapped);
        Assert.Equal(adapter, unmapped.Path);
        Assert.Equal([$"{Module}.oft_blocks", $"{Module}.diff_b", "lora_unet_middle_block_7_proj_in.diff", "lora_unet_middle_block_1_norm.alpha", "bundle_emb.style.clip_l"], unmapped.Keys);
        Assert.NotNull(merge.Overlay);
    }

    [Theory]
    [InlineData("lora_down.weight", new long[] { 2, 7 }, "a.safetensors: lora_unet_middle_block_1_proj_in.lora_down.weight is [2, 7], which does not fit model.diffusion_model.middle_block.1.proj_in.weight, [8, 8]")]
    [InlineData("lora_up.weight", new long[] { 9, 2 }, "a.safetensors: lora_unet_middle_block_1_proj_in.lora_up.weight is [9, 2], which does not fit model.diffusion_model.middle_block.1.proj_in.weight, [8, 8]")]
    [InlineData("lora_up.weight", new long[] { 8, 3 }, "a.safetensors: lora_unet_middle_block_1_proj_in.lora_up.weight is [8, 3], which does not fit lora_unet_middle_block_1_proj_in.lora_down.weight, [2, 8]")]
    [InlineData("dora_scale", new long[] { 7, 1 }, "a.safetensors: lora_unet_middle_block_1_proj_in.dora_scale is [7, 1], which does not fit model.diffusion_model.middle_block.1.proj_in.weight, [8, 8]")]
    public void A_shape_that_does_not_fit_is_told_with_what_it_should_fit(string part, long[] shape, string message)
    {
        using var folder = Folder();
        var tensors = new Dictionary<string, long[]> { ["lora_up.weight"] = [8, 2], ["lora_down.weight"] = [2, 8], [part] = shape };
        var adapter = folder.WriteAdapter("a", [.. tensors.Select(tensor => ($"{Module}.{tensor.Key}", tensor.Value, Random(tensor.Key, tensor.Value)))]);
        Assert.Equal(message, Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message);
        Assert.Empty(folder.Cache.List());
    }

    [Theory]
    [InlineData("hada_w1_b", new long[] { 2, 9 })]
    [InlineData("hada_w2_a", new long[] { 8, 3 })]
    [InlineData("lokr_w2", new long[] { 4, 3 })]
    [InlineData("diff", new long[] { 8, 8, 3, 3 })]
    public void The_other_kinds_are_checked_too(string part, long[] shape)
    {
        using var folder = Folder();
        var tensors = part[0] switch
        {
            'h' => new Dictionary<string, long[]> { ["hada_w1_a"] = [8, 2], ["hada_w1_b"] = [2, 8], ["hada_w2_a"] = [8, 2], ["hada_w2_b"] = [2, 8] },
            'l' => new Dictionary<string, long[]> { ["lokr_w1"] = [2, 2] },
            _ => [],
        };
        tensors[part] = shape;
        var adapter = folder.WriteAdapter("a", [.. tensors.Select(tensor => ($"{Module}.{tensor.Key}", tensor.Value, Random(tensor.Key, tensor.Value)))]);
        Assert.Contains("does not fit", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_lacks_its_other_half_is_told()
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter("a", ($"{Module}.lora_up.weight", [8, 2], Random("up", 8, 2)));
        Assert.Equal($"a.safetensors: {Module} lacks lora_down.weight", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message);
    }

    [Theory]
    [InlineData("sd_v1", "Stable Diffusion 1.x (sd_v1)")]
    [InlineData("sd_v2_768_v", "Stable Diffusion 2.x (sd_v2_768_v)")]
    public void An_adapter_that_says_it_is_another_models_is_refused(string name, string family)
    {
        using var folder = Folder();
        var adapter = WriteWithMetadata(folder, name, $"{Module}.diff", [8, 8]);
        var refused = Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1)));
        Assert.Equal(($"a.safetensors was trained for {family}, not for SDXL", "Use an adapter that was trained for SDXL"), (refused.Message, refused.Help));
    }

    [Fact]
    public void An_adapter_that_by_its_widths_is_another_models_is_named_so_where_it_does_not_fit()
    {
        using var folder = new AdapterFixture();
        folder.WriteCheckpoint("F16", ("model.diffusion_model.middle_block.1.transformer_blocks.0.attn2.to_k.weight", [8, 16]));
        const string module = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k";
        var adapter = folder.WriteAdapter("a", ($"{module}.lora_up.weight", [8, 1], Random("up", 8, 1)), ($"{module}.lora_down.weight", [1, 768], Random("down", 1, 768)));
        Assert.StartsWith("a.safetensors was trained for Stable Diffusion 1.x: ", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_which_nothing_fits_is_refused()
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter("a", ("something.weight", [2], [1, 2]));
        Assert.Equal("a.safetensors: none of its 1 keys names a module of the model: something.weight, …", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message);
    }

    [Fact]
    public void Eight_bit_weights_are_refused_by_name()
    {
        using var folder = Folder();
        SafetensorsFile.Write(folder["a.safetensors"], [($"{Module}.diff", "F8_E4M3", [8, 8], new byte[64])]);
        Assert.StartsWith($"a.safetensors: {Module}.diff is of type F8_E4M3; ", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(folder["a.safetensors"], 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_in_eight_bits_cannot_be_merged()
    {
        using var folder = new AdapterFixture();
        SafetensorsFile.Write(folder.Checkpoint, [(Tensor, "F8_E4M3", [8, 8], new byte[64])]);
        var adapter = folder.WriteAdapter("a", ($"{Module}.diff", [8, 8], Random("diff", 8, 8)));
        Assert.Contains("F8_E4M3", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Cache.Folder), file => !file.EndsWith(".tsv", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a.pt")]
    [InlineData("a.ckpt")]
    public void A_pickle_is_refused_unread(string name)
    {
        using var folder = Folder();
        Assert.Contains("not a .safetensors file", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(folder[name], 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_refused()
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter("a", ($"{Module}.diff", [8, 8], Random("diff", 8, 8)));
        using (var file = new FileStream(adapter, FileMode.Open)) file.SetLength(file.Length - 1);
        Assert.Contains("lies outside the file", Assert.Throws<ModelException>(() => folder.Merge(new AdapterCall(adapter, 1, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_calls_or_with_weights_of_zero_nothing_is_merged()
    {
        using var folder = Folder();
        var adapter = folder.WriteAdapter("a", ($"{Module}.diff", [8, 8], Random("diff", 8, 8)));
        Assert.Null(folder.Merge().Overlay);
        Assert.Null(folder.Merge(new AdapterCall(adapter, 1, 0)).Overlay);
        Assert.False(Directory.Exists(folder.Cache.Folder));
    }

    private static AdapterFixture Folder()
    {
        var folder = new AdapterFixture();
        folder.WriteCheckpoint("F16", (Tensor, [8, 8]), ("model.diffusion_model.middle_block.1.norm.weight", [8]));
        return folder;
    }

    private static string WriteWithMetadata(AdapterFixture folder, string baseName, string key, long[] shape)
    {
        using var writer = Files.SafetensorsWriter.Create(
            folder["a.safetensors"], [(key, "F32", shape, 4 * shape.Aggregate(1L, (product, side) => product * side))], new Dictionary<string, string> { ["ss_base_model_version"] = baseName });
        writer.Commit();
        return folder["a.safetensors"];
    }
}
