using System.Text;
using System.Text.Json.Nodes;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Security.Tests;

/// <summary>Names and paths of every kind: on the command line, found in folders, in globs, as an editor's URIs, of models and of images.</summary>
public sealed class PathTests : IDisposable
{
    // Composed and decomposed are two names; the others have meaning to a shell, a glob, a URI, a terminal, a diff or XML.
    private static readonly string[] s_names =
    [
        "bl ank ", "quo'te\"", "%41%", "ha#sh", "new\nline", "\u00E9", "e\u0301", "😀", "\u202Etxet", "-lead", "--fix", "a[b]", "a{b,c}", "st*r?", "back\\slash", "tab\t", "..dots", "esc\u001B[31m", "amp&<>;", "~", "$HOME", "C:",
    ];

    private readonly Folder _folder = new();

    public static TheoryData<string> Names => [.. s_names];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_of_any_name_are_found_told_apart_fixed_and_formatted()
    {
        foreach (var name in s_names) _folder.Write($"library/{name}.prompt", "1girl ,long_hair");
        var lint = _folder.Run("lint", "--format", "json", "library");
        var told = JsonNode.Parse(lint.Output)!.AsArray().Select(finding => finding!["file"]!.GetValue<string>());

        Assert.Equal(1, lint.Code);
        Assert.Equal(s_names.Select(name => $"library/{name}.prompt").Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal(0, _folder.Run("lint", "--fix", "library").Code);
        Assert.Equal(0, _folder.Run("format", "library").Code);
        Assert.All(s_names, name => Assert.Equal("1girl, long hair", _folder.Read($"library/{name}.prompt")));
        Assert.Equal(s_names.Length, Directory.GetFiles(_folder["library"]).Length);
    }

    [Fact]
    public void What_a_terminal_is_sent_holds_no_control_character_of_a_name()
    {
        foreach (var name in s_names) _folder.Write($"library/{name}.prompt", "long_hair");
        foreach (var format in (string[])["full", "concise"])
            Assert.DoesNotContain(_folder.Run("lint", "--format", format, "library").Output, static letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void A_diff_of_files_of_any_name_is_one_that_patch_takes()
    {
        foreach (var name in s_names) _folder.Write($"library/{name}.prompt", "long_hair\n");
        var diff = _folder.Run("lint", "--fix", "--diff", "library");
        var patch = Program.Run(
            new System.Diagnostics.ProcessStartInfo("patch", ["-p0"]) { WorkingDirectory = _folder.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) }, diff.Output);

        Assert.True(patch.Code == 0, patch.Output);
        Assert.All(s_names, name => Assert.Equal("long hair\n", _folder.Read($"library/{name}.prompt")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_is_named_matched_by_a_glob_and_opened_in_an_editor_whatever_its_name(string name)
    {
        _folder.Write($"{name}.prompt", "1girl, long_hair");
        _folder.Write("other.prompt", "1girl, long_hair");
        Assert.Equal((1, 0, 0), (_folder.Run("lint", "--", $"{name}.prompt").Code, _folder.Run("tokens", "--", $"{name}.prompt").Code, _folder.Run("generate", "--dry-run", "--", $"{name}.prompt").Code));

        // The rule is off for this file alone, and it is the nearest configuration of both.
        _folder.Write("kohaku.json", new JsonObject { ["overrides"] = new JsonArray(new JsonObject { ["files"] = Escaped(name) + ".prompt", ["rules"] = new JsonObject { ["underscore-in-tag"] = "none" } }) }.ToJsonString());
        Assert.Equal((0, 1), (_folder.Run("lint", "--", $"{name}.prompt").Code, _folder.Run("lint", "other.prompt").Code));

        using var editor = new Editor(Program.Start(_folder.Root, [], [], "lsp", "--stdio"));
        editor.Initialize(_folder.Root);
        var other = Editor.UriOf(_folder["other.prompt"]);
        editor.Open(other, "1girl, long_hair");
        Assert.Single(editor.Findings(other));
        foreach (var uri in (string[])[Editor.UriOf(_folder[$"{name}.prompt"]), Sparing(_folder[$"{name}.prompt"])])
        {
            editor.Open(uri, "1girl, long_hair");
            Assert.Empty(editor.Findings(uri));
            editor.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        }

        // What is found in the folder comes with a URI that leads back to the file.
        var symbols = editor.Request("workspace/symbol", new JsonObject { ["query"] = "1girl" })!.AsArray().Select(symbol => symbol!["location"]!["uri"]!.GetValue<string>()).ToHashSet();
        Assert.Contains(_folder[$"{name}.prompt"], symbols.Select(uri => Uri.UnescapeDataString(uri["file://".Length..])));
        Assert.Equal((0, ""), editor.Close());
    }

    [Fact]
    public void Models_adapters_and_images_may_lie_anywhere()
    {
        var strange = string.Concat(s_names.Where(name => !name.Contains('\\', StringComparison.Ordinal)));
        Directory.CreateDirectory(_folder[strange]);
        var model = _folder[$"{strange}/m\n %41 é #.safetensors"];
        File.Copy(TinyCheckpoint.Path, model);
        var vae = _folder[$"{strange}/v 😀 %.safetensors"];
        SafetensorsFile.Write(vae, Tensors("first_stage_model."));
        const string layer = "model.diffusion_model.input_blocks.4.1.transformer_blocks.0.attn1.to_q.weight";
        var shape = TinyCheckpoint.Tensors.Single(tensor => tensor.Name == layer).Shape;
        const string adapter = "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q";
        SafetensorsFile.Write(_folder[$"{strange}/lo ra %41 #é😀.safetensors"], [Ones($"{adapter}.lora_down.weight", [1, shape[1]]), Ones($"{adapter}.lora_up.weight", [shape[0], 1])]);
        _folder.Write($"{strange}/-own %41 é.prompt", "a, <lora:lo ra %41 #é😀:0.5>\nSteps: 1, CFG scale: 1, Seed: 3, Size: 64x64");

        var run = _folder.Run("generate", "-m", model, "--vae", vae, "--lora-dir", _folder[strange], "--out", _folder[$"{strange}/im ages %41\n"], "--", $"{strange}/-own %41 é.prompt");
        Assert.True(run.Code == 0, run.Error);
        Assert.DoesNotContain("not found", run.Error, StringComparison.Ordinal);
        Assert.Equal(["own %41 é-3.png"], Directory.GetFiles(_folder[$"{strange}/im ages %41\n"]).Select(Path.GetFileName));
        Assert.Equal(0, _folder.Run("tokens", _folder[$"{strange}/im ages %41\n/own %41 é-3.png"]).Code);
    }

    [Fact]
    public void Names_and_paths_of_the_greatest_length_work_and_longer_ones_are_one_error()
    {
        var step = new string('d', 255);
        var depth = (4095 - _folder.Root.Length - "/a.prompt".Length) / 256;
        var deep = string.Join('/', Enumerable.Repeat(step, depth));
        _folder.Write($"{deep}/a.prompt", "long_hair");
        var longest = new string('n', 255 - ".prompt".Length) + ".prompt";
        _folder.Write(longest, "long_hair\nSteps: 1, CFG scale: 1, Seed: 18446744073709551615, Size: 64x64");

        Assert.Equal(0, _folder.Run("lint", "--fix", "--fail-on", "none", ".").Code);
        Assert.Equal("long hair", _folder.Read($"{deep}/a.prompt"));
        Assert.Equal((0, 0), (_folder.Run("generate", "-m", TinyCheckpoint.Path, longest).Code, _folder.Run("format", "--check", ".").Code));
        Assert.Single(Directory.GetFiles(_folder["out"]));

        foreach (var tooLong in (string[])[$"{new string('n', 256)}.prompt", $"{deep}/{step}/{step}/a.prompt"])
        {
            var run = _folder.Run("lint", tooLong);
            Assert.Equal(2, run.Code);
            Assert.StartsWith($"error: {tooLong}: the path is too long for this system; move the file up\n", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_name_that_is_not_UTF_8_is_told_from_a_file_that_is_not_there()
    {
        Assert.Equal(0, Program.Run(new System.Diagnostics.ProcessStartInfo("bash", ["-c", "printf long_hair > $'bad\\xff.prompt'"]) { WorkingDirectory = _folder.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }).Code);
        _folder.Write("good.prompt", "smile");
        var run = _folder.Run("lint", ".");

        Assert.Equal(2, run.Code);
        Assert.Equal(0, Program.Run(new System.Diagnostics.ProcessStartInfo("bash", ["-c", "rm $'bad\\xff.prompt'"]) { WorkingDirectory = _folder.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true }).Code);
        Assert.StartsWith("error: bad\uFFFD.prompt: its name is not UTF-8, and only such names can be opened; rename it\n1 prompt clean", run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Type, long[] Shape, byte[] Bytes)> Tensors(string prefix) =>
        TinyCheckpoint.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => (tensor.Name, "F16", tensor.Shape, SafetensorsFile.Halves(tensor.Values())));

    private static (string Name, string Type, long[] Shape, byte[] Bytes) Ones(string name, long[] shape) =>
        (name, "F16", shape, SafetensorsFile.Halves([.. Enumerable.Repeat(0.01f, (int)(shape[0] * shape[1]))]));

    // A choice of one letter is that letter; a brace is one letter of any kind.
    private static string Escaped(string name) => string.Concat(name.Select(letter => letter switch { '*' or '?' or '[' => $"[{letter}]", '{' or '}' => "?", _ => $"{letter}" }));

    // What a URI must escape, and no more, as Neovim and others write it.
    private static string Sparing(string path) => "file://" + string.Concat(Encoding.UTF8.GetBytes(path).Select(letter => letter is > 0x20 and < 0x7F and not ((byte)'%' or (byte)'#' or (byte)'?' or (byte)'"' or (byte)'<' or (byte)'>' or (byte)'\\' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}') ? $"{(char)letter}" : $"%{letter:x2}"));
}
