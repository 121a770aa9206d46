using Kohaku.Generation.Diffusers;
using Kohaku.Generation.Images;
using Kohaku.Generation.Models;
using Kohaku.Generation.Noise;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;

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

    private static DiffusersResult Run(IDiffusionModel model, DiffusersRequest request, ulong seed, float[] steps, string name)
    {
        var generator = NoiseGenerator.Create(GeneratorKind.Torch, seed);
        var tolerance = request.Scheduler.IsStochastic ? 5e-3 : 1e-3;
        var seen = 0;
        var result = new DiffusersPipeline(model).Run(
            request,
            generator.Fill,
            (call, calls, latent) =>
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
