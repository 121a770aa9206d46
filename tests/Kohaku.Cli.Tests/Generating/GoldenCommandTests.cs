using System.Text.Json;
using Kohaku.Cli.Tests.Commands;
using Kohaku.Generation.Images;
using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Workspace;

namespace Kohaku.Cli.Tests.Generating;

/// <summary>The whole way from a command line to a file, with the scaled-down checkpoint: A1111's images come out.</summary>
public sealed class GoldenCommandTests : IDisposable
{
    private const int PixelTolerance = 2;
    private const double MeanTolerance = 0.05;

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("euler-a")]
    [InlineData("original-emphasis")]
    [InlineData("editing-and-composition")]
    [InlineData("ddim")]
    [InlineData("hires")]
    [InlineData("img2img")]
    [InlineData("batch")]
    public void An_image_of_A1111_is_made_by_options(string id)
    {
        var golden = Golden(id);
        var run = Generate(
        [
            "-p", Text(golden, "prompt"), "--negative", Text(golden, "negative"), "--steps", Text(golden, "steps"), "--sampler", Text(golden, "sampler"), "--schedule", Text(golden, "schedule"),
            "--cfg", Text(golden, "cfg"), "--seed", Text(golden, "seed"), "--size", $"{Text(golden, "width")}x{Text(golden, "height")}", "--seed-dialect", $"a1111-{Text(golden, "rng")}",
            "--emphasis", Text(golden, "emphasis").ToLowerInvariant().Replace(' ', '-'), "--out", "made.png", .. Extra(golden),
        ]);

        Assert.True(run.Code == 0, run.Error);
        AssertImages(golden);
    }

    [Fact]
    public void An_image_of_A1111_is_made_by_its_parameter_line_and_made_again_by_its_own()
    {
        var golden = Golden("euler-a");
        _folder.Write("a.prompt", $"{Text(golden, "prompt")}\nNegative prompt: {Text(golden, "negative")}\nSteps: 6, Sampler: Euler a, Schedule type: Uniform, CFG scale: 5, Seed: 42, Size: 256x192, RNG: CPU, Emphasis: No norm\n");

        Assert.Equal(0, Generate(["a.prompt", "--out", "made.png"]).Code);
        AssertImages(golden);
        Assert.Equal(0, Generate(["made.png", "--out", "again.png"]).Code);
        Assert.Equal(ImageFile.Read(_folder["made.png"]).Pixels, ImageFile.Read(_folder["again.png"]).Pixels);
    }

    [Fact]
    public void Ctrl_C_in_the_middle_of_a_step_ends_with_130_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        var output = new StoppingStream(stop, "\"step\":2");
        var run = Cli.Run(["generate", "--json", "--model", TinyCheckpoint.Path, "-p", "1girl", "--size", "128x128", "--steps", "50", "--seed", "1"], output, _folder.Path, () => Source(), stop.Token);

        Assert.Equal(130, run);
        Assert.False(Directory.Exists(_folder["out"]));
    }

    private Cli.Result Generate(string[] arguments) =>
        Cli.Run(["generate", "--model", TinyCheckpoint.Path, "--device", "cpu", .. arguments], [], _folder.Path, data: _folder["data"], generators: Source);

    private GeneratorSource Source() => new(new Surroundings(name => name == "KOHAKU_DATA" ? _folder["data"] : null, _folder.Path, said => Assert.Fail(said)), ShippedFiles.OpenClip);

    private static string[] Extra(JsonElement golden)
    {
        if (golden.TryGetProperty("batch", out var batch)) return ["--batch", batch.GetRawText()];
        if (golden.TryGetProperty("hires", out var hires))
            return ["--hires", $"{hires.GetProperty("width")}x{hires.GetProperty("height")}", "--hires-steps", $"{hires.GetProperty("steps")}", "--denoise", hires.GetProperty("denoise").GetRawText()];
        return golden.TryGetProperty("init", out var init) ? ["--init", Path.Combine(AppContext.BaseDirectory, "Golden", "images", init.GetString()!), "--denoise", golden.GetProperty("denoise").GetRawText()] : [];
    }

    private void AssertImages(JsonElement golden)
    {
        var files = golden.GetProperty("files").EnumerateArray().Select(file => file.GetString()!).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            var expected = ImageFile.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "images", files[i]));
            var made = ImageFile.Read(_folder[files.Count == 1 ? "made.png" : $"made-{i + 1}.png"]);
            Assert.Equal((expected.Width, expected.Height), (made.Width, made.Height));
            var off = expected.Pixels.Zip(made.Pixels, (one, other) => Math.Abs(one - other)).ToArray();
            Assert.InRange(off.Max(), 0, PixelTolerance);
            Assert.InRange(off.Average(), 0, MeanTolerance);
        }
    }

    private static string Text(JsonElement golden, string name) => golden.GetProperty(name).ToString();

    private static JsonElement Golden(string id) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "images.json"))).RootElement.EnumerateArray().Single(image => image.GetProperty("id").GetString() == id);
}
