using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Checkpoints;

/// <summary>What a model of any sizes says to inputs made by formula.</summary>
internal sealed record Answers(float[] First, float[] Second, float[] Pooled, float[] Noise, float[] Image, float[] Mean)
{
    public static Answers Of(CheckpointModel model, int height = 12, int width = 10)
    {
        var (first, second) = (model.TextEncoders.FirstWidth, model.TextEncoders.SecondWidth);
        var encoded = model.TextEncoders.Encode(TextEncoderTests.ChunksOf(1), CancellationToken.None)[0];
        var context = new float[2 * 77 * (first + second)];
        for (var row = 0; row < 2 * 77; row++)
        {
            encoded.First.AsSpan(row % 77 * first, first).CopyTo(context.AsSpan(row * (first + second)));
            encoded.Second.AsSpan(row % 77 * second, second).CopyTo(context.AsSpan((row * (first + second)) + first));
        }

        var conditions = new Conditions(2, 77, context, [.. encoded.Pooled, .. encoded.Pooled], [96, 80, 0, 0, 96, 80, 96, 80, 8, 0, 96, 80]);
        var sample = Formula.Values("sample", 4 * height * width, 1.5, 0);
        var noise = new float[2 * sample.Length];
        model.NoisePredictor.Predict(sample, height, width, 321.5f, conditions, noise, CancellationToken.None);
        var image = model.Decoder.Decode(sample, height, width, CancellationToken.None);
        var (mean, _) = model.Encoder.Encode(Formula.Values("image", 3 * 64 * 8 * 8, 1, 0), 64, 64, CancellationToken.None);
        return new Answers(encoded.First, encoded.Second, encoded.Pooled, noise, image, mean);
    }

    public static Answers Of(string path, CheckpointOptions? options = null)
    {
        using var model = CheckpointModel.Open(path, (options ?? new CheckpointOptions()) with { Device = DeviceKind.Cpu });
        return Of(model);
    }

    public void AreCloseTo(Answers expected, double tolerance)
    {
        Close.To(expected.First, First, tolerance);
        Close.To(expected.Second, Second, tolerance);
        Close.To(expected.Pooled, Pooled, tolerance);
        Close.To(expected.Noise, Noise, tolerance);
        Close.To(expected.Image, Image, tolerance * 10);
        Close.To(expected.Mean, Mean, tolerance * 10);
    }
}
