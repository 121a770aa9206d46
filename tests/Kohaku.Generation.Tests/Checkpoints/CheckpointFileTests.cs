using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Checkpoints;

/// <summary>Where the files of a model may lie.</summary>
public sealed class CheckpointFileTests(ScratchFolder folder) : IClassFixture<ScratchFolder>
{
    private static readonly GoldenTensors s_golden = GoldenTensors.Read("vae.safetensors");

    [Fact]
    public void A_link_from_another_folder_is_followed()
    {
        var deep = Directory.CreateDirectory(folder.PathOf("models"));
        var link = Path.Combine(deep.FullName, "linked.safetensors");
        File.CreateSymbolicLink(link, TinyCheckpoint.Path);
        DecodesAsTheReference(link);
    }

    [Fact]
    public void A_linked_folder_is_followed()
    {
        var real = Directory.CreateDirectory(folder.PathOf("real"));
        File.Copy(TinyCheckpoint.Path, Path.Combine(real.FullName, "model.safetensors"));
        Directory.CreateSymbolicLink(folder.PathOf("alias"), real.FullName);
        DecodesAsTheReference(Path.Combine(folder.PathOf("alias"), "model.safetensors"));
    }

    [Theory]
    [InlineData("with blanks, and commas.safetensors")]
    [InlineData("小春 ☆ ключ.safetensors")]
    public void A_name_of_any_letters_is_opened(string name)
    {
        var path = folder.PathOf(name);
        File.Copy(TinyCheckpoint.Path, path);
        DecodesAsTheReference(path);
    }

    [Theory]
    [InlineData("first_stage_model.")]
    [InlineData("")]
    public void A_VAE_of_its_own_stands_in_for_the_checkpoint_s(string prefix)
    {
        var vae = TinyCheckpoint.Tensors.Where(tensor => tensor.Name.StartsWith("first_stage_model.", StringComparison.Ordinal)).ToList();
        var bare = folder.PathOf($"bare-{prefix.Length}.safetensors");
        SafetensorsFile.Write(bare, TinyCheckpoint.Tensors.Select(tensor => (tensor.Name, "F16", tensor.Shape, new byte[tensor.Count * 2])));
        var other = Directory.CreateDirectory(folder.PathOf($"vae-{prefix.Length}"));
        var path = Path.Combine(other.FullName, "vae.safetensors");
        SafetensorsFile.Write(path, vae.Select(tensor => (prefix + tensor.Name["first_stage_model.".Length..], "F32", tensor.Shape, SafetensorsFile.Singles(Array.ConvertAll(tensor.Values(), value => (float)(Half)value)))));

        DecodesAsTheReference(bare, new CheckpointOptions { Device = DeviceKind.Cpu, Vae = path });
    }

    [Fact]
    public void Merged_tensors_in_another_folder_stand_in_for_the_checkpoint_s()
    {
        const string name = "model.diffusion_model.out.2.weight";
        var tensor = TinyCheckpoint.Tensors.Single(one => one.Name == name);
        var merged = Path.Combine(Directory.CreateDirectory(folder.PathOf("cache")).FullName, "merged.safetensors");
        SafetensorsFile.Write(merged, [(name, "F32", tensor.Shape, SafetensorsFile.Singles(Array.ConvertAll(tensor.Values(), value => 2 * (float)(Half)value)))]);
        var bias = SafetensorsBias();
        using var plain = CheckpointModel.Open(TinyCheckpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        using var doubled = CheckpointModel.Open(TinyCheckpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu, Merged = merged });

        var (before, after) = (Answers.Of(plain), Answers.Of(doubled));

        // The last convolution doubled, its bias not.
        var area = before.Noise.Length / 8;
        Close.To([.. before.Noise.Select((value, i) => (2 * value) - bias[i / area % 4])], after.Noise, 1e-4);
        Close.To(before.Image, after.Image, 1e-6);
    }

    [Fact]
    public void A_VAE_in_diffusers_way_is_refused()
    {
        var path = folder.WriteNames("diffusers.safetensors", "decoder.conv_in.weight", "decoder.up_blocks.0.resnets.0.conv1.weight");
        var refused = Assert.Throws<ModelException>(() => Checkpoint.Open(TinyCheckpoint.Path, path));
        Assert.Contains("diffusers", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_VAE_is_refused()
    {
        var path = folder.WriteNames("no-vae.safetensors", "lora_unet_mid.lora_down.weight");
        Assert.Contains("no VAE", Assert.Throws<ModelException>(() => Checkpoint.Open(TinyCheckpoint.Path, path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_VAE_that_lacks_tensors_takes_none_from_the_checkpoint()
    {
        var path = folder.PathOf("poor.safetensors");
        SafetensorsFile.Write(path, [("decoder.conv_in.weight", "F16", [128, 4, 3, 3], new byte[128 * 4 * 9 * 2])]);
        var refused = Assert.Throws<ModelException>(() => CheckpointModel.Open(TinyCheckpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu, Vae = path }));
        Assert.Matches(@"^poor\.safetensors lacks \d+ tensors, the first first_stage_model\.", refused.Message);
    }

    private static float[] SafetensorsBias() =>
        Array.ConvertAll(TinyCheckpoint.Tensors.Single(tensor => tensor.Name == "model.diffusion_model.out.2.bias").Values(), value => (float)(Half)value);

    private static void DecodesAsTheReference(string path, CheckpointOptions? options = null)
    {
        using var model = CheckpointModel.Open(path, options ?? new CheckpointOptions { Device = DeviceKind.Cpu });
        Close.To(s_golden["decoded"], model.Decoder.Decode(s_golden["latent"], 16, 24, CancellationToken.None), 1e-3);
    }
}
