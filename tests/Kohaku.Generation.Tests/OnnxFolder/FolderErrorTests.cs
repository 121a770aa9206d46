using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;
using Microsoft.ML.OnnxRuntime;

namespace Kohaku.Generation.Tests.OnnxFolder;

public sealed class FolderErrorTests : IDisposable
{
    private static readonly CheckpointOptions s_options = new() { Device = DeviceKind.Cpu };

    private readonly DirectoryInfo _copy = TinyFolder.Copy();

    public void Dispose() => _copy.Delete(recursive: true);

    [Fact]
    public void No_folder() => AssertFails($"{At("nowhere")} is not a folder", At("nowhere"));

    [Fact]
    public void A_folder_without_an_index()
    {
        File.Delete(At("model_index.json"));
        Assert.False(OnnxFolderModel.IsFolder(_copy.FullName));
        AssertFails($"{_copy.FullName} has no model_index.json");
    }

    [Fact]
    public void A_model_with_one_text_encoder()
    {
        Remove("text_encoder_2");
        WriteText("model_index.json", """{"_class_name":"StableDiffusionPipeline","text_encoder":["optimum","OnnxRuntimeModel"]}""");
        AssertFails($"{_copy.FullName} is not an SDXL model (StableDiffusionPipeline): it has no text_encoder_2");
    }

    [Theory]
    [InlineData("text_encoder")]
    [InlineData("text_encoder_2")]
    [InlineData("unet")]
    [InlineData("vae_decoder")]
    public void A_part_that_is_missing(string part)
    {
        Remove(part);
        AssertFails($"{At(part, "model.onnx")} is missing");
    }

    [Fact]
    public void PyTorch_weights()
    {
        Replace("unet");
        WriteText("unet/diffusion_pytorch_model.safetensors", "");
        AssertFails($"{At("unet")} has PyTorch weights, not an ONNX model");
    }

    [Fact]
    public void A_file_that_is_no_model()
    {
        Replace("unet");
        WriteText("unet/model.onnx", "version https://git-lfs.github.com/spec/v1");
        Assert.StartsWith($"{At("unet", "model.onnx")} cannot be opened: ", Fails().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_missing()
    {
        Replace("vae_decoder");
        File.Copy(GoldenFile.PathOf("onnx/vae_decoder/model.onnx"), At("vae_decoder", "model.onnx"));
        var error = Fails();
        Assert.StartsWith($"{At("vae_decoder", "model.onnx")} cannot be opened: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("Fetch or export the folder again; model.onnx_data belongs beside model.onnx", error.Help);
    }

    [Fact]
    public void Weights_that_are_cut_short()
    {
        Replace("vae_decoder");
        File.Copy(GoldenFile.PathOf("onnx/vae_decoder/model.onnx"), At("vae_decoder", "model.onnx"));
        WriteText("vae_decoder/model.onnx_data", "short");
        Assert.StartsWith($"{At("vae_decoder", "model.onnx")} cannot be opened: ", Fails().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_behind_a_link_out_of_the_folder()
    {
        Replace("vae_decoder");
        File.Copy(GoldenFile.PathOf("onnx/vae_decoder/model.onnx"), At("vae_decoder", "model.onnx"));
        File.CreateSymbolicLink(At("vae_decoder", "model.onnx_data"), Path.Combine(TinyFolder.Path, "vae_decoder", "model.onnx_data"));
        var error = Fails();
        Assert.StartsWith($"{At("vae_decoder", "model.onnx_data")} is a link out of its folder, which ONNX Runtime refuses: ", error.Message, StringComparison.Ordinal);
        Assert.Equal("Copy the folder with its links followed (cp -rL), or download it to a folder of its own", error.Help);
    }

    [Fact]
    public void A_folder_optimised_for_CUDA()
    {
        var graph = new GraphBuilder("unet", ElementType.Float);
        var sample = graph.Input("sample", ElementType.Float, "batch", 4, "height", "width");
        var ones = graph.Floats([4], 1, 1, 1, 1);
        graph.Output(graph.MicrosoftNode("GroupNorm", [sample, ones, ones], NodeAttribute.Of("groups", 1), NodeAttribute.Of("activation", 1)), "out_sample", ElementType.Float, "batch", 4, "height", "width");
        Replace("unet");
        WriteBytes("unet/model.onnx", graph.Build().Bytes);

        var error = Fails();

        Assert.StartsWith($"{At("unet", "model.onnx")} needs an operator that this device has not: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("GroupNorm", error.Message, StringComparison.Ordinal);
        Assert.Equal("The folder was optimised for CUDA: run it with --device cuda, or export it without that optimisation", error.Help);
        Assert.IsType<OnnxRuntimeException>(error.InnerException);
    }

    [Fact]
    public void A_model_that_predicts_velocity()
    {
        Replace("scheduler");
        WriteText("scheduler/scheduler_config.json", """{"_class_name":"EulerDiscreteScheduler","prediction_type":"v_prediction"}""");
        AssertFails($"{At("scheduler/scheduler_config.json")} says that the model predicts v_prediction, not noise");
    }

    [Fact]
    public void A_configuration_that_is_no_JSON()
    {
        WriteText("model_index.json", "{");
        Assert.StartsWith($"{At("model_index.json")} is not JSON: ", Fails().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_latent_scale_of_Stable_Diffusion_1_is_told_and_not_used()
    {
        Replace("vae_decoder");
        foreach (var name in (string[])["model.onnx", "model.onnx_data"]) File.Copy(Path.Combine(TinyFolder.Path, "vae_decoder", name), At("vae_decoder", name));
        WriteText("vae_decoder/config.json", """{"scaling_factor":0.18215}""");
        var notices = new List<string>();

        using var model = OnnxFolderModel.Open(_copy.FullName, s_options with { Notice = notices.Add });

        Assert.Equal(0.13025, model.LatentScale);
        Assert.Equal($"{At("vae_decoder/config.json")} has the scaling_factor 0.18215, which is Stable Diffusion 1's; 0.13025 is used", Assert.Single(notices));
    }

    [Fact]
    public void No_encoder_is_told_when_it_is_wanted()
    {
        Remove("vae_encoder");
        using var model = OnnxFolderModel.Open(_copy.FullName, s_options);
        Assert.Equal($"{_copy.FullName} has no vae_encoder, which an image to start from needs", Assert.Throws<ModelException>(() => model.Encoder).Message);
    }

    [Fact]
    public void Parts_of_two_models()
    {
        Remove("text_encoder");
        Directory.CreateSymbolicLink(At("text_encoder"), Path.Combine(TinyFolder.Path, "text_encoder_2"));
        AssertFails($"{At("unet", "model.onnx")} takes hidden states 320 wide; the text encoders give 384");
    }

    [Fact]
    public void Networks_and_another_VAE_are_refused()
    {
        Assert.Equal("networks (LoRA, LyCORIS) cannot be merged into an ONNX folder", Assert.Throws<ModelException>(() => OnnxFolderModel.Open(_copy.FullName, new CheckpointOptions { Merged = "merged.safetensors" })).Message);
        Assert.Equal("vae.safetensors cannot take the place of an ONNX folder's VAE", Assert.Throws<ModelException>(() => OnnxFolderModel.Open(_copy.FullName, new CheckpointOptions { Vae = "vae.safetensors" })).Message);
    }

    private GenerationException Fails() => Assert.ThrowsAny<GenerationException>(() => OnnxFolderModel.Open(_copy.FullName, s_options));

    private void AssertFails(string message, string? folder = null) => Assert.Equal(message, Assert.ThrowsAny<GenerationException>(() => OnnxFolderModel.Open(folder ?? _copy.FullName, s_options)).Message);

    private string At(params string[] parts) => Path.Combine([_copy.FullName, .. parts]);

    private void Remove(string part) => Directory.Delete(At(part));

    private void Replace(string part)
    {
        Remove(part);
        Directory.CreateDirectory(At(part));
    }

    private void WriteText(string name, string text) => WriteBytes(name, System.Text.Encoding.UTF8.GetBytes(text));

    private void WriteBytes(string name, byte[] bytes)
    {
        using var file = File.Create(At(name));
        file.Write(bytes);
    }
}
