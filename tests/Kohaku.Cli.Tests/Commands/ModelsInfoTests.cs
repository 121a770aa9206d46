using System.Text.Json;
using Kohaku.Files;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Cli.Tests.Commands;

public sealed class ModelsInfoTests
{
    private const string Counts = """{ "1_miku": { "1girl": 12, "hatsune miku": 30 }, "2_rest": { "1girl": 1000 } }""";

    [Fact]
    public void A_checkpoint_is_told_with_what_it_takes_to_run()
    {
        using var folder = new Folder();
        var run = folder.Run("models", "info", TinyCheckpoint.Path);

        Assert.Equal((0, ""), (run.Code, run.Error));
        var lines = run.Output.Split('\n');
        Assert.Equal(TinyCheckpoint.Path, lines[0]);
        Assert.Equal("  kind        checkpoint, SDXL, predicts noise (epsilon)", lines[1]);
        Assert.Matches(@"^  size        [0-9.]+ MB, [0-9,]+ tensors, [0-9.]+ million parameters as F16", lines[2]);
        Assert.Equal("  VAE         in it", lines[3]);
        Assert.StartsWith("  memory      an image of 1024x1024 takes about ", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_is_told_with_its_training()
    {
        using var folder = new Folder();
        Network(folder["style.safetensors"]);
        var run = folder.Run("models", "info", "style.safetensors", "--tags", "1");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            """
            style.safetensors
              kind        network, LoRA of rank 8 and alpha 4.0, for SDXL
              size        0.6 kB, 2 tensors, 17 parameters as F32
              title       Style of autumn
              trigger     autumn style
              trained on  1girl 1,012
              metadata    5 entries: --json prints them

            """,
            run.Output);
    }

    [Fact]
    public void Programs_get_all_of_the_metadata()
    {
        using var folder = new Folder();
        Network(folder["style.safetensors"]);
        var run = folder.Run("models", "info", "style.safetensors", TinyCheckpoint.Path, "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var rows = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var training = rows[0].GetProperty("training");
        Assert.Equal(("LoRA", "8", "4.0"), (training.GetProperty("algorithm").GetString(), training.GetProperty("rank").GetString(), training.GetProperty("alpha").GetString()));
        Assert.Equal([("1girl", 1012), ("hatsune miku", 30)], training.GetProperty("tags").EnumerateObject().Select(tag => (tag.Name, tag.Value.GetInt32())));
        Assert.Equal(Counts, rows[0].GetProperty("metadata").GetProperty("ss_tag_frequency").GetString());
        Assert.Equal(17, rows[0].GetProperty("types").GetProperty("F32").GetInt32());
        Assert.True(rows[1].GetProperty("memory").GetProperty("cpu").GetInt64() > rows[1].GetProperty("memory").GetProperty("cuda").GetInt64());
    }

    [Fact]
    public void What_stands_in_the_way_is_said_and_the_rest_is_told_all_the_same()
    {
        using var folder = new Folder();
        SafetensorsFile.Write(folder["vae.safetensors"], [("decoder.up_blocks.0", "F16", new long[] { 1 }, new byte[2])]);
        var run = folder.Run("models", "info", "vae.safetensors", "none");

        Assert.Equal((1, ""), (run.Code, run.Error));
        Assert.Equal(
            """
            vae.safetensors
              kind        VAE
              size        0.1 kB, 1 tensor, 1 parameter as F16
              metadata    1 entry: --json prints it
            error: vae.safetensors is no VAE that is read here: its tensors are named in diffusers' way
              = Name a VAE as single files have it, such as sdxl_vae.safetensors

            error: none: no such file or folder
              = Name a .safetensors checkpoint, or the folder of an ONNX export

            """,
            run.Output);
    }

    [Fact]
    public void A_network_for_another_model_is_told_as_one()
    {
        using var folder = new Folder();
        using (var writer = SafetensorsWriter.Create(folder["old.safetensors"], [("lora_unet_a.hada_w1_a", "F16", [2, 2], 8)], new Dictionary<string, string> { ["ss_base_model_version"] = "sd_v1" })) writer.Commit();
        var run = folder.Run("models", "info", "old.safetensors");

        Assert.Equal(1, run.Code);
        Assert.Contains("network, LoHa, for Stable Diffusion 1.x", run.Output, StringComparison.Ordinal);
        Assert.Contains("error: old.safetensors was trained for Stable Diffusion 1.x", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_told_by_its_configuration()
    {
        using var folder = new Folder();
        var run = folder.Run("models", "info", TinyFolder.Path);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("ONNX folder, SDXL, predicts noise (epsilon)\n", run.Output, StringComparison.Ordinal);
    }

    private static void Network(string path)
    {
        using var writer = SafetensorsWriter.Create(
            path,
            [("lora_unet_a.lora_down.weight", "F32", [8, 2], 64), ("lora_unet_a.alpha", "F32", [1], 4)],
            new Dictionary<string, string>
            {
                ["ss_base_model_version"] = "sdxl_base_v1-0",
                ["ss_network_alpha"] = "4.0",
                ["ss_tag_frequency"] = Counts,
                ["modelspec.title"] = "Style of autumn",
                ["modelspec.trigger_phrase"] = "autumn style",
            });
        writer.Commit();
    }
}
