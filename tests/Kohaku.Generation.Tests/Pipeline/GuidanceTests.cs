using Kohaku.Generation.Models;
using Kohaku.Generation.Pipeline;

namespace Kohaku.Generation.Tests.Pipeline;

public sealed class GuidanceTests
{
    [Fact]
    public void A_scale_of_1_asks_once_and_leaves_the_negative_prompt_out()
    {
        var unet = new PooledPredictor();
        Assert.Equal(3, Predict(unet, 1, Part(1, 3), negative: 5));
        Assert.Equal([1], unet.Batches);
    }

    [Fact]
    public void Two_conditions_of_one_length_are_one_call()
    {
        var unet = new PooledPredictor();
        Assert.Equal(5 + (7 * (3 - 5)), Predict(unet, 7, Part(1, 3), negative: 5));
        Assert.Equal([2], unet.Batches);
    }

    [Fact]
    public void Conditions_of_unequal_length_run_apart()
    {
        var unet = new PooledPredictor();
        Assert.Equal(5 + (7 * (3 - 5)), Predict(unet, 7, Part(1, 3, chunks: 2), negative: 5));
        Assert.Equal([1, 1], unet.Batches);
        Assert.Equal([154, 77], unet.Tokens);
    }

    [Fact]
    public void Parts_are_weighed_and_the_shorter_ones_padded_with_their_last_vector()
    {
        var unet = new PooledPredictor();
        PlannedPart[] parts = [Part(1, 3, chunks: 2)[0], Part(0.5, 9)[0]];
        Assert.Equal(5 + (4 * 1 * (3 - 5)) + (4 * 0.5f * (9 - 5)), Predict(unet, 4, parts, negative: 5));
        Assert.Equal([2, 1], unet.Batches);
        Assert.All(unet.LastContext.AsSpan(154).ToArray(), value => Assert.Equal(9, value));
    }

    [Fact]
    public void A_text_holds_up_to_its_call()
    {
        var unet = new PooledPredictor();
        var part = new PlannedPart(1, [new PlannedText(1, Text(1, 1)), new PlannedText(2, Text(2, 1))]);
        var guidance = new Guidance(unet, [part], Part(1, 0)[0], 1, 1, 1, default);
        var noise = new float[4];
        var seen = new List<float>();
        for (var call = 0; call < 4; call++)
        {
            guidance.Predict(new float[4], 0, noise);
            seen.Add(noise[0]);
        }

        Assert.Equal([1, 1, 2, 2], seen);
    }

    private static PlannedPart[] Part(double weight, float value, int chunks = 1) => [new PlannedPart(weight, [new PlannedText(10, Text(value, chunks))])];

    private static EncodedText Text(float value, int chunks) => new(77 * chunks, [.. Enumerable.Repeat(value, 77 * chunks)], [value]);

    private static float Predict(PooledPredictor unet, double scale, PlannedPart[] positive, float negative)
    {
        var noise = new float[4];
        new Guidance(unet, positive, Part(1, negative)[0], scale, 1, 1, default).Predict(new float[4], 500, noise);
        Assert.All(noise, value => Assert.Equal(noise[0], value));
        return noise[0];
    }

    /// <summary>The noise of a condition is its pooled number.</summary>
    private sealed class PooledPredictor : INoisePredictor
    {
        public List<int> Batches { get; } = [];

        public List<int> Tokens { get; } = [];

        public float[] LastContext { get; private set; } = [];

        public void Predict(ReadOnlySpan<float> sample, int height, int width, float timestep, Conditions conditions, Span<float> noise, CancellationToken cancellation)
        {
            Batches.Add(conditions.Batch);
            Tokens.Add(conditions.Tokens);
            if (conditions.Batch > 1) LastContext = conditions.Context;
            var each = noise.Length / conditions.Batch;
            for (var i = 0; i < conditions.Batch; i++) noise.Slice(i * each, each).Fill(conditions.Pooled[i]);
        }
    }
}
