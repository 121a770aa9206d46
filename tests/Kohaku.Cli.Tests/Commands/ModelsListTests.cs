using System.Text.Json;
using System.Text.RegularExpressions;
using Kohaku.Files;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Cli.Tests.Commands;

public sealed class ModelsListTests
{
    [Fact]
    public void Models_come_before_what_changes_them_and_each_is_told_by_its_header()
    {
        using var folder = Models();
        var run = folder.Run("models", "list", "m");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            """
            kind         family                    size  path
            checkpoint   SDXL  *   m/delta.safetensors
            checkpoint   Stable Diffusion 1.x  *   m/old.safetensors
              error: old.safetensors is not SDXL: it looks like Stable Diffusion 1.x
                = Name a single-file SDXL checkpoint, or the folder of an ONNX export
            ONNX folder  SDXL  *   m/export
            network      SDXL  *   m/Lora/style.safetensors
            embedding    SDXL  *   m/bad hands.safetensors
            broken       -  *   m/half.safetensors
              error: m/half.safetensors:

            """,
            Masked(run.Output));
    }

    [Fact]
    public void Programs_get_an_object_a_line()
    {
        using var folder = Models();
        var run = folder.Run("models", "list", "m", "--json");

        Assert.Equal((0, ""), (run.Code, run.Error));
        var rows = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(row => row.GetProperty("path").GetString()!);
        Assert.Equal(6, rows.Count);
        var delta = rows["m/delta.safetensors"];
        Assert.Equal(("checkpoint", "SDXL", "epsilon", true), (delta.GetProperty("kind").GetString(), delta.GetProperty("family").GetString(), delta.GetProperty("prediction").GetString(), delta.GetProperty("vae").GetBoolean()));
        Assert.Equal(new FileInfo(TinyCheckpoint.Path).Length, delta.GetProperty("bytes").GetInt64());
        Assert.Empty(delta.GetProperty("findings").EnumerateArray());
        Assert.Equal("onnxFolder", rows["m/export"].GetProperty("kind").GetString());
        Assert.Equal("error", rows["m/half.safetensors"].GetProperty("findings")[0].GetProperty("severity").GetString());
        Assert.False(rows["m/half.safetensors"].TryGetProperty("kind", out _));
    }

    [Fact]
    public void Without_a_folder_those_of_the_configuration_are_listed()
    {
        using var folder = Models();
        folder.Write("kohaku.json", """{ "generate": { "modelFolders": ["m/export"] }, "networks": ["m/Lora"] }""");
        var run = folder.Run("models", "list");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["m/export", "m/Lora/style.safetensors"], run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line[(line.LastIndexOf("  ", StringComparison.Ordinal) + 2)..]));
    }

    [Fact]
    public void A_folder_that_nobody_named_or_that_is_not_there_is_said()
    {
        using var folder = new Folder();
        folder.Write("empty/a.txt", "");

        var none = folder.Run("models", "list");
        Assert.Equal((2, "error: no folder with models is known\n  = Name one: kohaku models list FOLDER; or write it into kohaku.json as generate.modelFolders\n"), (none.Code, none.Error));
        var missing = folder.Run("models", "list", "models");
        Assert.Equal(2, missing.Code);
        Assert.StartsWith("error: models: no such folder\n", missing.Error, StringComparison.Ordinal);
        Assert.Equal((0, "no models: .safetensors files and folders with ONNX exports are looked for\n"), (folder.Run("models", "list", "empty").Code, folder.Run("models", "list", "empty").Output));
    }

    private static Folder Models()
    {
        var folder = new Folder();
        Directory.CreateDirectory(folder["m/Lora"]);
        File.CreateSymbolicLink(folder["m/delta.safetensors"], TinyCheckpoint.Path);
        Directory.CreateSymbolicLink(folder["m/export"], TinyFolder.Path);
        SafetensorsFile.Write(folder["m/old.safetensors"], [("cond_stage_model.transformer.a", "F16", new long[] { 1 }, new byte[2])]);
        Network(folder["m/Lora/style.safetensors"]);
        SafetensorsFile.Write(folder["m/bad hands.safetensors"], [("clip_g", "F16", new long[] { 1, 1 }, new byte[2]), ("clip_l", "F16", new long[] { 1, 1 }, new byte[2])]);
        folder.Write("m/half.safetensors", "no header");
        return folder;
    }

    private static void Network(string path)
    {
        using var writer = SafetensorsWriter.Create(path, [("lora_unet_a.lora_down.weight", "F32", [8, 2], 64)], new Dictionary<string, string> { ["ss_base_model_version"] = "sdxl_base_v1-0" });
        writer.Commit();
    }

    // Sizes are the files' business, and what is broken the reader's.
    private static string Masked(string output) => string.Join('\n', output.Split('\n')
        .Where(line => !line.StartsWith("    = Get", StringComparison.Ordinal))
        .Select(line => Regex.Replace(line, @" +([0-9.]+ [kMG]B|-)  (?=m/)", "  *   "))
        .Select(line => line.StartsWith("  error: m/half", StringComparison.Ordinal) ? "  error: m/half.safetensors:" : line));
}
