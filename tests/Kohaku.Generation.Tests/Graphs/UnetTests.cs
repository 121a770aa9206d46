using Kohaku.Generation.Models;
using Kohaku.Generation.Tests.Golden;

namespace Kohaku.Generation.Tests.Graphs;

public sealed class UnetTests : IClassFixture<TinyModel>
{
    private static readonly GoldenTensors s_golden = GoldenTensors.Read("unet.safetensors");

    private readonly INoisePredictor _unet;

    public UnetTests(TinyModel model) => _unet = model.Open.NoisePredictor;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_noise_is_the_reference_s(int index) => Close.To(s_golden[$"{index}|out"], Predict(index, s_golden[$"{index}|sample"]), 1e-4);

    [Fact]
    public void One_latent_serves_every_entry_of_a_batch()
    {
        var sample = s_golden["1|sample"];
        var one = sample[..(sample.Length / 2)];

        Close.To(Predict(1, [.. one, .. one]), Predict(1, one), 1e-5);
    }

    [Fact]
    public void Conditions_that_alternate_and_are_asked_for_again_give_the_same()
    {
        var conditions = Enumerable.Range(0, 20).Select(_ => ConditionsOf(0)).ToList();
        var sample = s_golden["0|sample"];
        var noise = new float[sample.Length];
        foreach (var condition in conditions.Concat(conditions))
        {
            _unet.Predict(sample, 16, 24, s_golden["0|timestep"][0], condition, noise, CancellationToken.None);
            Close.To(s_golden["0|out"], noise, 1e-4);
        }
    }

    [Fact]
    public void A_cancelled_token_ends_it_and_the_next_call_works()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var noise = new float[s_golden["0|out"].Length];
        Assert.ThrowsAny<OperationCanceledException>(() => _unet.Predict(s_golden["0|sample"], 16, 24, 1, ConditionsOf(0), noise, source.Token));

        Close.To(s_golden["0|out"], Predict(0, s_golden["0|sample"]), 1e-4);
    }

    private float[] Predict(int index, float[] sample)
    {
        var shape = s_golden.ShapeOf($"{index}|sample");
        var noise = new float[s_golden[$"{index}|out"].Length];
        _unet.Predict(sample, shape[2], shape[3], s_golden[$"{index}|timestep"][0], ConditionsOf(index), noise, CancellationToken.None);
        return noise;
    }

    private static Conditions ConditionsOf(int index)
    {
        var context = s_golden.ShapeOf($"{index}|context");
        return new Conditions(context[0], context[1], s_golden[$"{index}|context"], s_golden[$"{index}|pooled"], s_golden[$"{index}|time_ids"]);
    }
}
