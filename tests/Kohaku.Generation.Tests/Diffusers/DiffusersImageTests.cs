using System.Text.Json;
using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Images;
using Kohaku.Generation.Models;
using Kohaku.Generation.Noise;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Pipeline;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Pipeline;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Diffusers;

/// <summary>Whole images of diffusers: every step, latents and pixels.</summary>
public sealed class DiffusersImageTests
{
    private static readonly GoldenTensors Expected = GoldenTensors.Read("diffusers.safetensors");

    [Theory]
    [MemberData(nameof(GoldenScheduler.Names), MemberType = typeof(GoldenScheduler))]
    public void Every_step_is_that_of_diffusers(string name)
    {
        using var model = CheckpointModel.Open(TinyCheckpoint.Path);
        var golden = GoldenScheduler.Of(name);
        AssertSteps(model, golden.Case, golden.Config(), Expected[name + "|steps"], name);
    }

    [Theory]
    [MemberData(nameof(GoldenScheduler.Names), MemberType = typeof(GoldenScheduler))]
    public void An_image_is_that_of_diffusers(string name)
    {
        var golden = GoldenScheduler.Of(name);
        using var tiny = new TinyGenerator();
        var image = Assert.Single(tiny.Make(RequestOf(golden.Case) with { Sampler = golden.Sampler, Schedule = golden.Schedule }));

        // Noise of the SDE samplers moves with the last bit of σ.
        var (latent, most, mean) = golden.Config().IsStochastic ? (5e-3, 8, 0.3) : (1e-3, 2, 0.05);
        Compare.OfDeviation(Expected[name + "|latent"], image.Latent, latent, name);
        Compare.Pixels(ImageFile.Read(GoldenFile.PathOf($"diffusers/{name}.png")), new RgbImage(image.Width, image.Height, image.Pixels), most, mean, name);
    }

    [Fact]
    public void An_ONNX_folder_makes_the_image_of_diffusers()
    {
        var golden = GoldenFile.Read("onnx/expected.json");
        var steps = GoldenTensors.Read("onnx.safetensors")["steps"];
        using (var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu }))
            AssertSteps(model, golden, SchedulerConfigReader.Read(model.Scheduler!.Value, "scheduler_config.json"), steps, "onnx");

        using var tiny = new TinyGenerator();
        using var generator = tiny.Open(TinyFolder.Path);
        var image = Assert.Single(generator.Run(RequestOf(golden), tiny, default));

        Compare.OfDeviation(steps.AsSpan()[^image.Latent!.Length..], image.Latent, 1e-3, "onnx");
        Compare.Pixels(ImageFile.Read(GoldenFile.PathOf("onnx/expected.png")), new RgbImage(image.Width, image.Height, image.Pixels), 2, 0.05, "onnx");
    }

    [Fact]
    public void Guidance_begins_above_1()
    {
        using var tiny = new TinyGenerator();
        using var generator = tiny.Open(TinyFolder.Path);
        var one = Latent(Small with { GuidanceScale = 1 });
        Assert.Equal(one, Latent(Small with { GuidanceScale = 0 }));
        Assert.Equal(one, Latent(Small with { GuidanceScale = 1, Negative = "lowres" }));
        Assert.NotEqual(one, Latent(Small with { GuidanceScale = 1.5 }));

        float[] Latent(GenerationRequest request) => Assert.Single(generator.Run(request, tiny, default)).Latent!;
    }

    [Fact]
    public void An_image_to_start_from_draws_for_its_encoding_first_and_takes_the_last_steps()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path, new CheckpointOptions { Device = DeviceKind.Cpu });
        var path = GoldenFile.PathOf("onnx/expected.png");
        var image = ImageFile.Read(path);
        var (mean, variance) = model.Encoder.Encode(image.ToPlanes(), image.Height, image.Width, default);
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, 7);
        var (first, second) = (new float[mean.Length], new float[mean.Length]);
        generator.Fill(first);
        generator.Fill(second);
        // The encoder's sample, scaled, then noised to the third of four steps, and made by hand from there.
        var scheduler = DiffusersSchedulers.Create(SchedulerConfig.Sdxl, 4);
        var latent = mean.Select((value, i) => (float)((0.13025 * (value + (Math.Exp(variance[i] / 2) * first[i]))) + (scheduler.Sigmas[2] * second[i]))).ToArray();
        scheduler.Begin(2);
        DiffusersSampling.Run(scheduler, latent, Guided(model, "1girl", "", 5, image.Height / 8, image.Width / 8).Predict, _ => Assert.Fail("Euler draws nothing"), null, default);
        using var tiny = new TinyGenerator();
        using var images = tiny.Open(TinyFolder.Path);

        var made = Assert.Single(images.Run(
            Small with { Width = image.Width, Height = image.Height, Steps = 4, Seed = 7, Start = new StartImage(path, 0.5) }, tiny, default));

        Compare.OfDeviation(latent, made.Latent, 1e-4, "img2img");
        Assert.Equal([(1, 2), (2, 2)], tiny.Events.OfType<StepDone>().Select(step => (step.Index, step.Total)));
    }

    [Fact]
    public void A_request_that_no_scheduler_can_do_fails_before_anything_is_computed()
    {
        using var tiny = new TinyGenerator();
        using var generator = tiny.Open(TinyFolder.Path);
        foreach (var request in (GenerationRequest[])[Small with { Sampler = SamplerKind.Lcm, Steps = 51 }, Small with { Start = new StartImage(GoldenFile.PathOf("onnx/expected.png"), 0.1) }, Small with { Sampler = SamplerKind.DpmPlusPlusSde }])
            Assert.Throws<ModelException>(() => generator.Run(request, tiny, default).Count());
        Assert.DoesNotContain(tiny.Events, told => told is PhaseBegan { Phase: not GenerationPhase.Load });
    }

    private static GenerationRequest Small => new()
    {
        Prompt = "1girl", Steps = 2, Sampler = SamplerKind.Euler, GuidanceScale = 5, Seed = 7, SeedDialect = SeedDialect.Diffusers, Emphasis = EmphasisKind.None, Width = 64, Height = 64,
    };

    private static void AssertSteps(IDiffusionModel model, JsonElement golden, SchedulerConfig config, float[] steps, string name)
    {
        var request = RequestOf(golden);
        var (rows, columns) = (request.Height / 8, request.Width / 8);
        var scheduler = DiffusersSchedulers.Create(config, request.Steps);
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, request.Seed);
        var latent = new float[4 * rows * columns];
        var tolerance = config.IsStochastic ? 5e-3 : 1e-3;
        var seen = 0;

        DiffusersSampling.Start(scheduler, latent, generator.Fill);
        DiffusersSampling.Run(scheduler, latent, Guided(model, request.Prompt, request.Negative, request.GuidanceScale, rows, columns).Predict, generator.Fill, Observe, default);
        Assert.Equal(steps.Length / latent.Length, seen);

        void Observe(int call, int calls, ReadOnlySpan<float> now, ReadOnlySpan<float> denoised)
        {
            seen++;
            Assert.Equal((seen, steps.Length / now.Length), (call, calls));
            Compare.OfDeviation(steps.AsSpan((call - 1) * now.Length, now.Length), now, tolerance, $"{name}, call {call}");
        }
    }

    private static Guidance Guided(IDiffusionModel model, string prompt, string negative, double scale, int rows, int columns)
    {
        var tokenizer = Vocabulary.Tokenizer();
        var vectors = new Kohaku.Generation.Adapters.TextualInversions([], _ => { }).For(tokenizer, model.TextEncoders);
        var conditioner = new TextConditioner(model.TextEncoders, tokenizer, vectors, EmphasisKind.None, SeedDialect.Diffusers);
        return new Guidance(
            model.NoisePredictor, conditioner.Plan(prompt, 100, isNegative: false, null, default), conditioner.Plan(negative, 100, isNegative: true, null, default)[0], scale, rows, columns, default);
    }

    private static GenerationRequest RequestOf(JsonElement golden) => Small with
    {
        Prompt = golden.GetProperty("prompt").GetString()!,
        Negative = golden.GetProperty("negative").GetString()!,
        Steps = golden.GetProperty("steps").GetInt32(),
        GuidanceScale = golden.GetProperty("cfg").GetDouble(),
        Seed = golden.GetProperty("seed").GetUInt64(),
        Width = golden.GetProperty("width").GetInt32(),
        Height = golden.GetProperty("height").GetInt32(),
    };
}
