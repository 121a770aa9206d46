using System.Diagnostics;
using System.Text.Json;
using Kohaku.Generation.Adapters;
using Kohaku.Generation.Images;
using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Pipeline;
using Kohaku.Jobs;
using Xunit.Abstractions;

namespace Kohaku.Generation.Tests.RealSize;

/// <summary>An image at SDXL's real dimensions. Takes minutes, 7 GB of disk and up to 14 GB of memory, so that it is run on its own: <c>dotnet test -p:RealSize=true --filter Category=RealSize</c>.</summary>
[Trait("Category", "RealSize")]
public sealed class RealSizeTests(RealCheckpoint checkpoint, ITestOutputHelper output) : IClassFixture<RealCheckpoint>
{
    private static readonly JsonElement s_case = GoldenFile.Read("real-size.json");
    private static readonly GoldenTensors s_golden = GoldenTensors.Read("real-size.safetensors");

    [Fact]
    public void Both_prompts_are_encoded_as_the_reference_does()
    {
        var watch = Stopwatch.StartNew();
        using var model = CheckpointModel.Open(checkpoint.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var conditioner = new TextConditioner(model.TextEncoders, Vocabulary.Tokenizer(), new TextualInversions([], _ => { }).For(Vocabulary.Tokenizer(), model.TextEncoders), EmphasisKind.NoNorm, SeedDialect.A1111Cpu);
        var texts = new[] { Encode("negative"), Encode("prompt") };
        Say("opened and encoded", watch);

        var context = s_golden["context"];
        for (var i = 0; i < 2; i++)
        {
            Near.Each(s_golden["pooled"][(i * 1280)..((i + 1) * 1280)], texts[i].Pooled, 1e-4);
            var expected = context[(i * 77 * 2048)..((i + 1) * 77 * 2048)];
            // Kept in half precision.
            for (var at = 0; at < expected.Length; at++) Near.One(expected[at], texts[i].Context[at], 1e-4 + (Math.Abs(expected[at]) / 2048));
        }

        EncodedText Encode(string which) => conditioner.Plan(s_case.GetProperty(which).GetString()!, 3, isNegative: which == "negative", null, default)[0].At(0);
    }

    [Fact]
    public void An_image_is_the_reference_s()
    {
        using var tiny = new TinyGenerator();
        var watch = Stopwatch.StartNew();
        using var generator = tiny.Open(checkpoint.Path);
        var image = generator.Run(new GenerationRequest
        {
            Prompt = s_case.GetProperty("prompt").GetString()!,
            Negative = s_case.GetProperty("negative").GetString()!,
            Steps = s_case.GetProperty("steps").GetInt32(),
            Sampler = SamplerKind.Euler,
            Schedule = ScheduleKind.Uniform,
            GuidanceScale = s_case.GetProperty("cfg").GetDouble(),
            Seed = s_case.GetProperty("seed").GetUInt64(),
            SeedDialect = SeedDialect.A1111Cpu,
            Width = s_case.GetProperty("width").GetInt32(),
            Height = s_case.GetProperty("height").GetInt32(),
        }, tiny, default).Single();
        Say("made an image in 3 steps", watch);

        Compare.OfDeviation(s_golden["step2"], image.Latent!, 1e-3, "latent");
        Compare.Pixels(ImageFile.Read(GoldenFile.PathOf("real-size.png")), new RgbImage(image.Width, image.Height, image.Pixels), 2, 0.05, "real-size.png");
    }

    private void Say(string what, Stopwatch watch)
    {
        using var process = Process.GetCurrentProcess();
        output.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:F1} s, peak {process.PeakWorkingSet64 / 1e9:F1} GB; the checkpoint was written in {checkpoint.Written.TotalSeconds:F1} s");
    }
}
