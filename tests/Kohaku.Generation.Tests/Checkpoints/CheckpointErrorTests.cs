using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Checkpoints;

public sealed class CheckpointErrorTests(ScratchFolder folder) : IClassFixture<ScratchFolder>
{
    [Theory]
    [InlineData("Stable Diffusion 1.x", "cond_stage_model.transformer.text_model.encoder.layers.0.mlp.fc1.weight", "model.diffusion_model.input_blocks.0.0.weight")]
    [InlineData("Stable Diffusion 2.x", "cond_stage_model.model.transformer.resblocks.0.ln_1.weight", "model.diffusion_model.input_blocks.0.0.weight")]
    [InlineData("the SDXL refiner", "conditioner.embedders.0.model.ln_final.weight", "model.diffusion_model.input_blocks.0.0.weight")]
    [InlineData("Flux", "double_blocks.0.img_attn.proj.weight")]
    [InlineData("Flux", "model.diffusion_model.double_blocks.0.img_attn.proj.weight")]
    [InlineData("Stable Diffusion 3", "model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight")]
    [InlineData("a LoRA", "lora_unet_input_blocks_4_1_proj_in.lora_down.weight", "lora_unet_input_blocks_4_1_proj_in.alpha")]
    [InlineData("a LoRA", "unet.down_blocks.1.attentions.0.proj_in.lora_A.weight")]
    [InlineData("a LyCORIS network", "lycoris_unet_mid_block_proj.lokr_w1")]
    [InlineData("a ControlNet", "control_model.input_blocks.0.0.weight")]
    [InlineData("a part of a model in diffusers' layout", "down_blocks.0.resnets.0.conv1.weight")]
    [InlineData("a VAE", "decoder.conv_in.weight", "encoder.conv_in.weight")]
    [InlineData("a textual-inversion embedding", "clip_g", "clip_l")]
    public void What_is_not_SDXL_is_told_by_its_look(string look, params string[] names)
    {
        var refused = Refused(folder.WriteNames("look.safetensors", names));
        Assert.Equal($"look.safetensors is not SDXL: it looks like {look}", refused.Message);
        Assert.NotNull(refused.Help);
    }

    [Fact]
    public void A_file_of_foreign_names_is_no_SDXL() =>
        Assert.Equal("foreign.safetensors is not SDXL: none of its 2 tensors has a name of that layout", Refused(folder.WriteNames("foreign.safetensors", "a", "b")).Message);

    [Fact]
    public void A_UNet_alone_is_told() =>
        Assert.Equal("unet.safetensors holds a UNet without text encoders", Refused(folder.WriteNames("unet.safetensors", "model.diffusion_model.input_blocks.0.0.weight")).Message);

    [Fact]
    public void A_checkpoint_without_its_second_encoder_is_told()
    {
        var path = folder.Write("half.safetensors", TinyCheckpoint.Tensors.Where(tensor => !tensor.Name.StartsWith("conditioner.embedders.1", StringComparison.Ordinal)));
        Assert.Equal("half.safetensors lacks text encoder 2", Refused(path).Message);
    }

    [Theory]
    [InlineData("model.diffusion_model.middle_block.1.transformer_blocks.1.attn2.to_v.weight")]
    [InlineData("model.diffusion_model.input_blocks.5.0.in_layers.2.weight")]
    [InlineData("conditioner.embedders.0.transformer.text_model.encoder.layers.1.mlp.fc1.bias")]
    [InlineData("conditioner.embedders.1.model.transformer.resblocks.2.attn.in_proj_weight")]
    [InlineData("conditioner.embedders.1.model.text_projection")]
    [InlineData("first_stage_model.decoder.up.2.block.1.conv2.weight")]
    [InlineData("first_stage_model.quant_conv.bias")]
    public void One_missing_tensor_is_named(string name)
    {
        var path = folder.Write("one.safetensors", TinyCheckpoint.Tensors.Where(tensor => tensor.Name != name));
        Assert.Equal($"one.safetensors lacks the tensor {name}", Refused(path).Message);
    }

    [Fact]
    public void Many_missing_tensors_are_counted_and_the_first_is_named()
    {
        var path = folder.Write("many.safetensors", TinyCheckpoint.Tensors.Where(tensor => !tensor.Name.Contains("output_blocks.3.0.in_layers", StringComparison.Ordinal)));
        Assert.Equal("many.safetensors lacks 4 tensors, the first model.diffusion_model.output_blocks.3.0.in_layers.0.weight", Refused(path).Message);
    }

    [Fact]
    public void Without_a_VAE_one_of_its_own_is_asked_for()
    {
        var path = folder.Write("without-vae.safetensors", TinyCheckpoint.Tensors.Where(tensor => !tensor.Name.StartsWith("first_stage_model", StringComparison.Ordinal)));
        Assert.Contains("--vae", Refused(path).Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("F8_E5M2")]
    public void Eight_bit_weights_are_refused(string type)
    {
        var path = folder.PathOf("eight.safetensors");
        SafetensorsFile.Write(path, TinyCheckpoint.Tensors.Select(tensor => (tensor.Name, type, tensor.Shape, new byte[tensor.Count])));
        Assert.Equal($"eight.safetensors holds 8-bit weights ({type}), which are not read", Refused(path).Message);
    }

    [Fact]
    public void Weights_of_a_type_that_no_checkpoint_has_are_refused()
    {
        const string name = "model.diffusion_model.out.2.weight";
        var path = folder.PathOf("double.safetensors");
        SafetensorsFile.Write(path, TinyCheckpoint.Tensors.Select(tensor =>
            tensor.Name == name ? (tensor.Name, "F64", tensor.Shape, new byte[tensor.Count * 8]) : (tensor.Name, "F16", tensor.Shape, new byte[tensor.Count * 2])));
        Assert.Equal($"Tensor {name} of double.safetensors has the type F64", Refused(path).Message);
    }

    [Fact]
    public void A_v_prediction_model_is_refused()
    {
        var path = folder.PathOf("v.safetensors");
        SafetensorsFile.Write(path, [.. TinyCheckpoint.Tensors.Select(tensor => (tensor.Name, "F16", tensor.Shape, new byte[tensor.Count * 2])), ("v_pred", "F16", Array.Empty<long>(), new byte[2])]);
        Assert.Contains("v-prediction", Refused(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kohaku-xl-delta-base.safetensors", 1)]
    [InlineData("Kohaku-XL-Beta-Base.safetensors", 1)]
    [InlineData("kohaku-xl-delta-rev1.safetensors", 0)]
    [InlineData("sd_xl_base_1.0.safetensors", 0)]
    public void A_model_before_training_is_told_by_its_name(string name, int warnings)
    {
        var path = folder.PathOf(name);
        File.Copy(TinyCheckpoint.Path, path, overwrite: true);
        Assert.Equal(warnings, Checkpoint.Open(path).Warnings.Count);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        var path = folder.PathOf("short.safetensors");
        var bytes = File.ReadAllBytes(TinyCheckpoint.Path);
        using (var file = File.Create(path)) file.Write(bytes.AsSpan(0, bytes.Length - 1000));

        var refused = Refused(path);
        Assert.Contains("lies outside the file", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Get it again", refused.Help);
    }

    [Fact]
    public void A_missing_file_is_told() => Assert.Contains("no such file", Refused(folder.PathOf("none.safetensors")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pickle_is_not_opened()
    {
        var path = folder.PathOf("old.ckpt");
        using (var file = File.Create(path)) file.Write("PK\u0003\u0004 and more than eight bytes"u8);
        Assert.Contains("can run code", Refused(path).Help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.diffusion_model.input_blocks.1.0.in_layers.2.weight", 1)]
    [InlineData("model.diffusion_model.out.0.weight", 2)]
    [InlineData("conditioner.embedders.1.model.text_projection", 3)]
    public void A_tensor_of_another_rank_is_refused(string name, int rank)
    {
        long[] ShapeOf(FormulaTensor tensor) => tensor.Name != name ? tensor.Shape : [.. Enumerable.Repeat(1L, rank - 1), tensor.Count];
        var path = folder.Write("rank.safetensors", TinyCheckpoint.Tensors.Select(tensor => tensor with { Shape = ShapeOf(tensor) }));
        Assert.Contains("which is not that of SDXL", Refused(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_tensor_is_refused()
    {
        const string name = "first_stage_model.decoder.conv_in.weight";
        var path = folder.Write("empty.safetensors", TinyCheckpoint.Tensors.Select(tensor => tensor.Name == name ? tensor with { Shape = [0, 4, 3, 3] } : tensor));
        Assert.Equal($"Tensor {name} of empty.safetensors is empty: [0, 4, 3, 3]", Refused(path).Message);
    }

    [Fact]
    public void A_width_that_is_no_multiple_of_a_head_s_is_refused()
    {
        var path = folder.Write("heads.safetensors", SdxlManifest.Of(new SdxlSizes { Channels = 32, Depths = [1, 1, 1] }));
        Assert.Contains("is 32 wide, which heads of 64 do not divide", Refused(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_two_models_are_refused()
    {
        var other = SdxlManifest.Of(new SdxlSizes { First = (64, 3) });
        var path = folder.Write("parts.safetensors", TinyCheckpoint.Tensors.Where(tensor => !tensor.Name.StartsWith("conditioner.embedders.0", StringComparison.Ordinal))
            .Concat(other.Where(tensor => tensor.Name.StartsWith("conditioner.embedders.0", StringComparison.Ordinal))));
        Assert.Equal("The checkpoint's UNet takes 320 numbers a token, and its text encoders give 64 and 192", Refused(path).Message);
    }

    [Fact]
    public void A_convolution_that_does_not_fit_the_one_before_is_told_by_ONNX_Runtime()
    {
        const string name = "model.diffusion_model.input_blocks.1.0.in_layers.2.weight";
        var path = folder.Write("fit.safetensors", TinyCheckpoint.Tensors.Select(tensor => tensor.Name == name ? tensor with { Shape = [32, 64, 3, 3] } : tensor));
        using var model = CheckpointModel.Open(path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var conditions = new Conditions(1, 77, new float[77 * 320], new float[160], new float[6]);
        var refused = Assert.Throws<ModelException>(() => model.NoisePredictor.Predict(new float[4 * 64], 8, 8, 1, conditions, new float[4 * 64], CancellationToken.None));
        Assert.StartsWith("The UNet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indices_beyond_reason_are_no_layers()
    {
        const string root = "conditioner.embedders.0.transformer.text_model.encoder.layers.";
        var path = folder.Write("index.safetensors", [.. TinyCheckpoint.Tensors, new FormulaTensor(root + "2000000000.mlp.fc1.bias", [4], 1, 0), new FormulaTensor(root + "-1.mlp.fc1.bias", [4], 1, 0)]);
        using var model = CheckpointModel.Open(path, new CheckpointOptions { Device = DeviceKind.Cpu });
        Assert.Equal(128, model.TextEncoders.FirstWidth);
    }

    [Fact]
    public void The_processor_has_no_fp16()
    {
        var refused = Assert.Throws<ModelException>(() => CheckpointModel.Open(TinyCheckpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu, Precision = Precision.Half }));
        Assert.Contains("fp16", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_is_not_there_is_told()
    {
        var refused = Assert.Throws<ModelException>(() => Devices.Choose(DeviceKind.Cuda));
        Assert.StartsWith("CUDA does not work: ", refused.Message, StringComparison.Ordinal);
    }

    private static ModelException Refused(string path) => Assert.Throws<ModelException>(() => CheckpointModel.Open(path, new CheckpointOptions { Device = DeviceKind.Cpu }).Dispose());
}
