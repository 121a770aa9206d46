using Kohaku.Cli.Commands;
using Kohaku.Cli.Terminal;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Cli.Tests.Commands;

public sealed class ModelsCheckTests
{
    [Fact]
    public void A_sound_model_is_clean()
    {
        using var folder = new Folder();
        var run = folder.Run("models", "check", TinyCheckpoint.Path);
        Assert.Equal((0, $"{TinyCheckpoint.Path}: no fault found\n", ""), (run.Code, run.Output, run.Error));
    }

    [Fact]
    public void Every_model_that_is_named_is_looked_at()
    {
        using var folder = new Folder();
        File.Copy(TinyCheckpoint.Path, folder["kohaku-xl-delta-base.safetensors"]);
        SafetensorsFile.Write(folder["style.safetensors"], [("lora_unet_a.alpha", "F16", new long[] { 1 }, new byte[2])]);
        var run = folder.Run("models", "check", "kohaku-xl-delta-base.safetensors", "style.safetensors", "none");

        Assert.Equal(1, run.Code);
        Assert.Equal(
            "warning: kohaku-xl-delta-base.safetensors is by its name the model before training\n"
            + "  = Use the trained model: the same name without -base\n"
            + "error: style.safetensors is not SDXL: it looks like a LoRA\n"
            + "  = Name it in the prompt as <lora:name:1> and give the checkpoint that it was trained for as the model\n"
            + "error: none: no such file or folder\n"
            + "  = Name a .safetensors checkpoint, or the folder of an ONNX export\n",
            run.Output);
    }

    [Fact]
    public void A_VAE_of_its_own_is_looked_at_too()
    {
        using var folder = new Folder();
        SafetensorsFile.Write(folder["vae.safetensors"], [("decoder.up_blocks.0", "F16", new long[] { 1 }, new byte[2])]);
        var run = folder.Run("models", "check", TinyCheckpoint.Path, "--vae", "vae.safetensors");
        Assert.Equal(1, run.Code);
        Assert.StartsWith("error: vae.safetensors is no VAE that is read here: its tensors are named in diffusers' way\n", run.Output, StringComparison.Ordinal);
    }

    /// <summary>Messages that name an option of <c>generate</c> reach editors too, which have another word for it.</summary>
    [Fact]
    public void Editors_have_a_word_for_every_option_that_is_a_value_of_a_job()
    {
        var row = CommandTable.Rows.Single(row => row.Name == "generate");
        var session = new Session(() => Stream.Null, Stream.Null, Stream.Null, _ => null, Look.Plain, Look.Plain, () => false, ".", TimeProvider.System, () => default);
        string[] others = ["--index", "--json", "--dry-run"];
        var options = row.Build(row, session).Groups.Where(group => group.Title is "Prompt" or "Model" or "Image" or "Output").SelectMany(group => group.Options).Select(option => option.Name).Except(others);
        Assert.Empty(options.Except(EditorWords.Options));
    }
}
