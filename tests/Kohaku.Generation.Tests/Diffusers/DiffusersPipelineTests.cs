using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Images;
using Kohaku.Generation.Models;
using Kohaku.Generation.Noise;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;

namespace Kohaku.Generation.Tests.Diffusers;

public sealed class DiffusersPipelineTests
{
    private static readonly GoldenTensors Expected = GoldenTensors.Read("diffusers.safetensors");

    [Theory]
    [MemberData(nameof(GoldenScheduler.Names), MemberType = typeof(GoldenScheduler))]
    public void Every_step_and_the_image_are_those_of_diffusers(string name)
    {
        var golden = GoldenScheduler.Of(name);
        using var model = CheckpointModel.Open(TinyCheckpoint.Path);
        var tokenizer = Vocabulary.Tokenizer();
        var request = new DiffusersRequest(
            DiffusersPrompt.Chunks(golden.Text("prompt"), tokenizer), DiffusersPrompt.Chunks(golden.Text("negative"), tokenizer),
            golden.Width, golden.Height, golden.Steps, golden.Guidance, golden.Config());

        var result = Run(model, request, golden.Seed, Expected[name + "|steps"], name);

        // Noise of the SDE samplers moves with the last bit of σ.
        var (latent, most, mean) = golden.Config().IsStochastic ? (5e-3, 8, 0.3) : (1e-3, 2, 0.05);
        Compare.OfDeviation(Expected[name + "|latent"], result.Latent, latent, name);
        Compare.Pixels(ImageFile.Read(GoldenFile.PathOf($"diffusers/{name}.png")), result.Image, most, mean, name);
    }

    [Fact]
    public void An_ONNX_folder_makes_the_image_of_diffusers()
    {
        var golden = GoldenFile.Read("onnx/expected.json");
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var tokenizer = Vocabulary.Tokenizer();
        var request = new DiffusersRequest(
            DiffusersPrompt.Chunks(golden.GetProperty("prompt").GetString()!, tokenizer), DiffusersPrompt.Chunks(golden.GetProperty("negative").GetString()!, tokenizer),
            golden.GetProperty("width").GetInt32(), golden.GetProperty("height").GetInt32(), golden.GetProperty("steps").GetInt32(), golden.GetProperty("cfg").GetDouble(),
            SchedulerConfigReader.Read(model.Scheduler!.Value, "scheduler_config.json"));
        var steps = GoldenTensors.Read("onnx.safetensors")["steps"];

        var result = Run(model, request, golden.GetProperty("seed").GetUInt64(), steps, "onnx");

        Compare.OfDeviation(steps.AsSpan()[^result.Latent.Length..], result.Latent, 1e-3, "onnx");
        Compare.Pixels(ImageFile.Read(GoldenFile.PathOf("onnx/expected.png")), result.Image, 2, 0.05, "onnx");
    }

    [Fact]
    public void Without_guidance_the_negative_prompt_has_no_part()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var request = Small(1);
        var one = Latent(model, request);
        Assert.Equal(one, Latent(model, request with { Negative = DiffusersPrompt.Chunks("lowres", Vocabulary.Tokenizer()) }));
        Assert.NotEqual(one, Latent(model, request with { GuidanceScale = 1.5 }));
    }

    [Fact]
    public void No_negative_prompt_is_zeros_and_not_an_empty_one()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var request = Small(5);
        Assert.NotEqual(Latent(model, request), Latent(model, request with { Negative = DiffusersPrompt.Chunks("", Vocabulary.Tokenizer()) }));
    }

    [Fact]
    public void Conditions_of_two_lengths_run_apart()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var chunks = DiffusersPrompt.Chunks("1girl", Vocabulary.Tokenizer());
        var recorder = new RecordingPredictor(model);
        var request = Small(5) with { Positive = [.. chunks, .. chunks], Negative = chunks };
        Latent(recorder, request);
        Assert.Equal([(1, 77), (1, 154), (1, 77), (1, 154)], recorder.Calls);
        recorder.Calls.Clear();
        Latent(recorder, request with { Negative = null });
        Assert.Equal([(2, 154), (2, 154)], recorder.Calls);
    }

    [Fact]
    public void An_image_to_start_from_draws_for_its_encoding_first_and_takes_the_last_steps()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var image = ImageFile.Read(GoldenFile.PathOf("onnx/expected.png"));
        var request = Small(5) with { Width = image.Width, Height = image.Height, Steps = 4, Start = (image, 0.5) };
        var seen = new List<(int, int)>();
        float[][] draws = [.. Enumerable.Range(0, 2).Select(_ => new float[4 * image.Width * image.Height / 64])];
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, 7);
        foreach (var draw in draws) generator.Fill(draw);
        var count = 0;

        var result = new DiffusersPipeline(model).Run(request, noise => draws[count++].CopyTo(noise), (call, calls, _, _) => seen.Add((call, calls)), default);

        Assert.Equal([(1, 2), (2, 2)], seen);
        Assert.Equal(2, count);
        // By hand: the encoder's sample, scaled, then noised to the third of four steps.
        var (mean, variance) = model.Encoder.Encode(image.ToPlanes(), image.Height, image.Width, default);
        var scheduler = DiffusersSchedulers.Create(request.Scheduler, 4);
        var start = mean.Select((value, i) => (float)((0.13025 * (value + (Math.Exp(variance[i] / 2) * draws[0][i]))) + (scheduler.Sigmas[2] * draws[1][i]))).ToArray();
        var recorder = new RecordingPredictor(model);
        new DiffusersPipeline(recorder).Run(request, Draw(7), null, default);
        var divisor = MathF.Sqrt((scheduler.Sigmas[2] * scheduler.Sigmas[2]) + 1);
        Close.To([.. start.Select(value => value / divisor)], recorder.First, 1e-4);
        Assert.Equal((image.Width, image.Height), (result.Image.Width, result.Image.Height));
    }

    [Fact]
    public void An_image_to_start_from_of_another_size_is_refused()
    {
        using var model = OnnxFolderModel.Open(TinyFolder.Path);
        var request = Small(5) with { Start = (new RgbImage(8, 8, new byte[192]), 0.5) };
        Assert.Equal("the image to start from is 8×8, not 64×64", Assert.Throws<ModelException>(() => Latent(model, request)).Message);
    }

    private static DiffusersRequest Small(double guidance) => new(DiffusersPrompt.Chunks("1girl", Vocabulary.Tokenizer()), null, 64, 64, 2, guidance, SchedulerConfig.Sdxl);

    private static float[] Latent(IDiffusionModel model, DiffusersRequest request) => new DiffusersPipeline(model).Run(request, Draw(7), null, default).Latent;

    private static DrawNoise Draw(ulong seed) => NoiseGenerator.Create(GeneratorKind.Torch, seed).Fill;

    private static DiffusersResult Run(IDiffusionModel model, DiffusersRequest request, ulong seed, float[] steps, string name)
    {
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, seed);
        var tolerance = request.Scheduler.IsStochastic ? 5e-3 : 1e-3;
        var seen = 0;
        var result = new DiffusersPipeline(model).Run(
            request,
            generator.Fill,
            (call, calls, latent, _) =>
            {
                seen++;
                Assert.Equal((seen, steps.Length / latent.Length), (call, calls));
                Compare.OfDeviation(steps.AsSpan((call - 1) * latent.Length, latent.Length), latent, tolerance, $"{name}, call {call}");
            },
            default);
        Assert.Equal(steps.Length / result.Latent.Length, seen);
        return result;
    }
}
