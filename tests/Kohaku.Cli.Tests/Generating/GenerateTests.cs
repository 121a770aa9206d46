using System.Text.Json;
using Kohaku.Cli.Terminal;
using Kohaku.Cli.Tests.Commands;
using Kohaku.Files;
using Kohaku.Generation.Images;
using Kohaku.Jobs;

namespace Kohaku.Cli.Tests.Generating;

public sealed class GenerateTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly PaintedGenerator _generator = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_prompt_becomes_an_image_that_says_how_it_was_made()
    {
        _folder.Write("miku.prompt", "1girl, 猫 # me\nNegative prompt: lowres\n");
        var run = Generate("miku.prompt", "--seed", "42", "--size", "64x128", "--steps", "3");

        Assert.Equal(0, run.Code);
        Assert.Matches(@"^out/miku-42\.png  64×128  seed 42  3 steps in \d+\.\d s \(load \d+\.\d, encode \d+\.\d, decode \d+\.\d\)\n$", run.Output);
        Assert.True(PngTexts.TryRead(_folder["out/miku-42.png"], out var texts, out _));
        Assert.Equal(["parameters", "kohaku"], texts.Select(text => text.Keyword));
        Assert.StartsWith("1girl, 猫\nNegative prompt: lowres\nSteps: 3, Sampler: Euler a, ", texts[0].Text, StringComparison.Ordinal);
        Assert.Equal("1girl, 猫 # me\nNegative prompt: lowres", texts[1].Text);
        Assert.Equal((64, 128), ImageFile.SizeOf(_folder["out/miku-42.png"]));
        Assert.Equal(["choose Auto", "open m.safetensors", "close"], _generator.Calls);
    }

    [Fact]
    public void The_configuration_names_the_model_where_nobody_else_does()
    {
        _folder.Write("sub/kohaku.json", """{ "generate": { "model": "../delta.safetensors", "vae": "vae.safetensors" } }""");
        _folder.Write("sub/a.prompt", "1girl");
        Cli.Result Run(params string[] more) => Cli.Run(["generate", "sub/a.prompt", "--size", "64x64", .. more], [], _folder.Path, data: _folder["data"], generators: () => _generator);

        Assert.Equal(0, Run().Code);
        Assert.Equal((_folder["delta.safetensors"], _folder["sub/vae.safetensors"]), (_generator.Settings!.ModelPath, _generator.Settings.VaePath));
        Run("--vae", "other.safetensors");
        Assert.Equal((_folder["delta.safetensors"], _folder["other.safetensors"]), (_generator.Settings!.ModelPath, _generator.Settings.VaePath));

        // The configured VAE belongs to the configured model.
        Run("--model", "m.safetensors");
        Assert.Equal((_folder["m.safetensors"], null), (_generator.Settings!.ModelPath, _generator.Settings.VaePath));
    }

    [Fact]
    public void A_folder_with_the_library_for_cards_can_be_named()
    {
        Assert.Equal(0, Generate("-p", "1girl", "--size", "64x64", "--gpu-library", "card").Code);

        Assert.Equal($"choose Auto from {_folder["card"]}", _generator.Calls[0]);
        Assert.Equal(_folder["card"], _generator.Settings!.GpuFolder);
    }

    [Fact]
    public void An_image_makes_the_same_request_again()
    {
        Generate("-p", "1girl, (smile:1.2)", "--negative", "lowres", "--seed", "7", "--size", "64x64", "--steps", "2", "--cfg", "4.5", "--sampler", "DPM++ 2M Karras", "--out", "a.png");
        Generate("a.png", "--out", "b.png");

        Assert.Equal(_generator.Requests[0] with { Source = null }, _generator.Requests[1] with { Source = null });
        Assert.Equal(File.ReadAllBytes(_folder["a.png"]).Length > 0, File.Exists(_folder["b.png"]));
    }

    [Fact]
    public void A_batch_counts_seeds_up_and_numbers_its_file()
    {
        var run = Generate("-p", "a", "--seed", "18446744073709551615", "--size", "64x64", "--batch", "3", "--out", "made/x.png");

        Assert.Equal(0, run.Code);
        Assert.Equal(["x-1.png", "x-2.png", "x-3.png"], Directory.GetFiles(_folder["made"]).Select(Path.GetFileName).Order());
        Assert.Equal([255, 0, 1], new[] { "x-1", "x-2", "x-3" }.Select(name => (int)ImageFile.Read(_folder[$"made/{name}.png"]).Pixels[0]));
    }

    [Fact]
    public void All_prompts_of_a_library_are_made_or_the_one_asked_for()
    {
        _folder.Write("all.prompt", "1girl\n---\n2girls\nSteps: 2, Seed: 9, Size: 64x64\n---\n3girls\n");
        Assert.Equal(0, Generate("all.prompt", "--size", "64x64", "--out", "lib").Code);
        Assert.Equal(["1girl", "2girls", "3girls"], _generator.Requests.Select(request => request.Prompt));
        Assert.Equal(3, Directory.GetFiles(_folder["lib"]).Length);

        Assert.Equal(0, Generate("all.prompt", "--index", "2").Code);
        Assert.Equal("2girls", _generator.Requests[^1].Prompt);
        Assert.True(File.Exists(_folder["out/all-9.png"]));
        Assert.Equal((2, "error: --index 4: all.prompt holds 3 prompts\n"), Failure("all.prompt", "--index", "4"));
    }

    [Fact]
    public void A_file_that_exists_ends_the_run_before_it_begins()
    {
        _folder.Write("x.png", "mine");

        Assert.Equal((2, "error: x.png exists, and nothing is written over\n  = Remove it or name another file with --out\n"), Failure("-p", "a", "--out", "x.png"));
        Assert.Equal(2, Generate("-p", "a", "--out", "x.png", "--batch", "2").Code);
        _folder.Write("y-2.png", "mine");
        Assert.Equal(2, Generate("-p", "a", "--out", "y.png", "--batch", "2").Code);
        Assert.Empty(_generator.Calls);
        Assert.Equal("mine", _folder.Read("x.png"));
    }

    [Fact]
    public void In_folders_a_free_name_is_found()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(0, Generate("-p", "1girl, smile", "--seed", "4", "--size", "64x64", "--steps", "1").Code);

        Assert.Equal(["1girl, smile-4-2.png", "1girl, smile-4-3.png", "1girl, smile-4.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_name_that_is_taken_while_the_image_is_made_costs_no_image()
    {
        var generator = new PaintedGenerator { BeforeImage = _ => _folder.Write("x.png", "theirs") };
        var run = Generate(generator, "-p", "a", "--seed", "1", "--size", "64x64", "--out", "x.png");

        Assert.Equal((0, "theirs"), (run.Code, _folder.Read("x.png")));
        Assert.StartsWith("x-2.png  ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_device_is_checked_before_the_model_is_opened()
    {
        var generator = new PaintedGenerator { NoDevice = new GenerationException("CUDA cannot be used: libonnxruntime_providers_cuda.so is missing", "Install it with: kohaku gpu install") };
        var run = Generate(generator, "-p", "a", "--device", "cuda");

        Assert.Equal((2, "error: CUDA cannot be used: libonnxruntime_providers_cuda.so is missing\n  = Install it with: kohaku gpu install\n"), (run.Code, run.Error));
        Assert.Equal(["choose Cuda"], generator.Calls);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    [Fact]
    public void What_a_model_needs_is_passed_on()
    {
        _folder.Write("kohaku.json", """{ "networks": ["nets"], "embeddings": ["emb"] }""");
        Generate("-p", "a", "--size", "64x64", "--vae", "v.safetensors", "--lora-dir", "one", "--lora-dir", "a,b", "--precision", "fp16");

        var settings = _generator.Settings!;
        Assert.Equal((_folder["m.safetensors"], _folder["v.safetensors"], Precision.Half, DeviceKind.Cpu), (settings.ModelPath, settings.VaePath, settings.Precision, settings.Device));
        Assert.Equal([_folder["one"], _folder["a,b"], _folder["nets"]], settings.LoraFolders);
        Assert.Equal([_folder["emb"]], settings.EmbeddingFolders);
    }

    [Fact]
    public void Events_are_an_object_a_line()
    {
        var run = Generate("-p", "1girl", "--seed", "5", "--size", "64x64", "--steps", "2", "--json");
        var events = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(
            ["device", "phase load", "note", "prompt", "phase encode", "phase sample", "step 1", "step 2", "phase decode", "warning", "image"],
            events.Select(line => line.GetProperty("event").GetString() + (line.TryGetProperty("phase", out var phase) ? $" {phase}" : line.TryGetProperty("step", out var step) ? $" {step}" : "")));
        var image = events[^1];
        Assert.Equal("out/1girl-5.png", image.GetProperty("path").GetString());
        Assert.Equal(5UL, image.GetProperty("seed").GetUInt64());
        Assert.StartsWith("1girl\nSteps: 2, ", image.GetProperty("parameters").GetString(), StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_log_has_a_line_a_phase_and_no_control_characters()
    {
        var run = Generate("-p", "1girl", "--seed", "5", "--size", "64x64", "--steps", "2");

        Assert.Equal(
            "device CPU, 2 threads\nload delta\nnote: 64x64: below 256 the model makes no sense of a side\nencode\nsample\ndecode\n"
            + "warning: the VAE overflowed in half precision and ran again in single\n  = Give a VAE that does not: --vae\n",
            run.Error);
        Assert.DoesNotContain('\e', run.Output + run.Error);
    }

    [Fact]
    public void A_terminal_has_one_line_that_changes_and_is_gone_in_the_end()
    {
        var look = Look.Plain with { Terminal = true };
        var run = Cli.Run([.. Arguments(["-p", "1girl", "--seed", "5", "--size", "64x64", "--steps", "4"])], [], _folder.Path, look, _folder["data"], () => _generator);

        Assert.Contains("step 1/4 ▕████░░░░░░░░░░░░▏", run.Error, StringComparison.Ordinal);
        Assert.Contains("step 4/4 ▕████████████████▏ ", run.Error, StringComparison.Ordinal);
        Assert.Matches(@" it/s, 0 s left", run.Error);
        Assert.EndsWith("decode…\r\e[Kwarning: the VAE overflowed in half precision and ran again in single\n  = Give a VAE that does not: --vae\n", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("out/1girl-5.png  64×64  seed 5  4 steps in ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_C_ends_with_130_and_keeps_what_is_finished()
    {
        using var stop = new CancellationTokenSource();
        var generator = new PaintedGenerator { BeforeImage = image => { if (image == 1) stop.Cancel(); } };
        var run = Cli.Run([.. Arguments(["-p", "a", "--seed", "1", "--size", "64x64", "--batch", "3"])], [], _folder.Path, null, _folder["data"], () => generator, stop.Token);

        Assert.Equal(130, run.Code);
        Assert.Equal(["a-1.png"], Directory.GetFiles(_folder["out"]).Select(Path.GetFileName));
        Assert.Equal("close", generator.Calls[^1]);
    }

    [Fact]
    public void Dynamic_prompts_show_what_was_chosen_and_keep_their_source()
    {
        _folder.Write("kohaku.json", """{ "dynamicPrompts": true, "wildcards": ["lists"] }""");
        _folder.Write("lists/hair.txt", "red hair\nblue hair\n");
        _folder.Write("d.prompt", "1girl, __hair__, {a|b}\nSteps: 1, Seed: 3, Size: 64x64\n");
        var run = Generate("d.prompt", "--batch", "2");

        Assert.Equal(0, run.Code);
        Assert.Equal([3UL, 4UL], _generator.Requests.Select(request => request.Seed));
        Assert.All(_generator.Requests, request => Assert.Matches("^1girl, (red|blue) hair, [ab]$", request.Prompt));
        Assert.Contains($"prompt {_generator.Requests[0].Prompt}\n", run.Error, StringComparison.Ordinal);
        Assert.True(PngTexts.TryRead(_folder["out/d-3.png"], out var texts, out _));
        Assert.StartsWith("1girl, __hair__, {a|b}", texts[1].Text, StringComparison.Ordinal);
        Assert.StartsWith(_generator.Requests[0].Prompt + "\n", texts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_to_start_from_is_checked_before_all_else()
    {
        Assert.Equal((2, $"error: {_folder.Path}/no.png: no such image\n  = Check the path behind --init\n"), Failure("-p", "a", "--init", "no.png"));
        _folder.Write("no.jpg", "This is text, whatever its name says it is.");
        Assert.Equal(2, Generate("-p", "a", "--init", "no.jpg").Code);
        Assert.Empty(_generator.Calls);

        Assert.Null(PngFile.Write(_folder["init.png"], new RgbImage(72, 70, new byte[72 * 70 * 3]), []));
        Assert.Equal(0, Generate("-p", "a", "--init", "init.png", "--denoise", "0.5").Code);
        Assert.Equal((72, 72, new StartImage(_folder["init.png"], 0.5)), (_generator.Requests[0].Width, _generator.Requests[0].Height, _generator.Requests[0].Start!));
    }

    [Theory]
    [InlineData("error: no prompt is named\n  = Give a file, - for standard input, or --prompt TEXT\n")]
    [InlineData("error: --prompt and a file exclude each other\n  = Leave one of them out\n", "a.prompt", "-p", "b")]
    [InlineData("error: none.prompt: no such file or directory; check the path\n", "none.prompt")]
    [InlineData("error: --out a.jpg: images are written as PNG only\n  = Name a .png file, or a folder\n", "-p", "a", "--out", "a.jpg")]
    [InlineData("error: --cfg: x is not a number\n  = See: kohaku generate --help\n", "-p", "a", "--cfg", "x")]
    [InlineData("error: --device: `cpux` is not known; the nearest is cpu\n  = See: kohaku generate --help\n", "-p", "a", "--device", "cpux")]
    [InlineData("error: --size: `12` is no size\n  = Write it as 832x1216\n", "-p", "a", "--size", "12")]
    public void What_is_wrong_is_one_clear_error(string error, params string[] arguments) => Assert.Equal((2, error), Failure(arguments));

    [Fact]
    public void Without_a_model_it_says_what_to_give() =>
        Assert.Equal("error: no model is named\n  = Give --model PATH: a .safetensors checkpoint, or a folder with an ONNX export; or name it in kohaku.json (generate.model)\n", _folder.Run("generate", "-p", "a").Error);

    [Theory]
    [InlineData("1girl, smile", "1girl, smile")]
    [InlineData("  a\n\tb/c:d\\e?  ", "a b_c_d_e_")]
    [InlineData("...", "image")]
    [InlineData("con", "con_")]
    [InlineData("Com1.x", "Com1.x_")]
    [InlineData("初音ミク", "初音ミク")]
    [InlineData("\u0000<lora:x:1>", "__lora_x_1_")]
    public void A_prompt_gives_a_file_name_for_every_system(string prompt, string title) => Assert.Equal(title, Jobs.Output.OutputName.TitleOf(prompt));

    [Fact]
    public void A_long_prompt_gives_a_short_name_cut_between_characters()
    {
        var title = Jobs.Output.OutputName.TitleOf(string.Concat(Enumerable.Repeat("🌸", 100)));

        Assert.Equal(string.Concat(Enumerable.Repeat("🌸", 30)), title);
    }

    private Cli.Result Generate(params string[] arguments) => Generate(_generator, arguments);

    private Cli.Result Generate(PaintedGenerator generator, params string[] arguments) =>
        Cli.Run([.. Arguments(arguments)], [], _folder.Path, data: _folder["data"], generators: () => generator);

    private (int Code, string Error) Failure(params string[] arguments)
    {
        var run = Generate(arguments);
        return (run.Code, run.Error);
    }

    private static string[] Arguments(string[] arguments) => ["generate", "--model", "m.safetensors", .. arguments];
}
