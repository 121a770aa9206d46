using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Checkpoints;

/// <summary>Channels, levels, depths and widths are what the checkpoint has.</summary>
public sealed class OtherSizesTests(ScratchFolder folder) : IClassFixture<ScratchFolder>
{
    [Fact]
    public void Four_levels_with_other_depths_are_loaded()
    {
        var answers = Answers.Of(Write("levels.safetensors", new SdxlSizes
        {
            Channels = 64, Multipliers = [1, 2, 2, 3], Depths = [1, 0, 3, 1], MiddleDepth = 1, Blocks = 1, First = (64, 2), Second = (256, 3), Projection = 96, VaeChannels = 64, VaeMultipliers = [1, 1, 2], VaeBlocks = 1,
        }));

        Assert.Equal([77 * 64, 77 * 256, 96], [answers.First.Length, answers.Second.Length, answers.Pooled.Length]);
        Assert.All(answers.Noise, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Linear_layers_and_convolutions_of_the_other_rank_give_the_same()
    {
        // The formula goes by name and index, so that both have the same values.
        var other = SdxlManifest.Of(new SdxlSizes { HasOtherRanks = true });
        var plain = SdxlManifest.Of(new SdxlSizes());
        Assert.NotEqual(plain.Select(tensor => tensor.Shape.Length), other.Select(tensor => tensor.Shape.Length));

        Answers.Of(folder.Write("ranks.safetensors", other)).AreCloseTo(Answers.Of(TinyCheckpoint.Path), 1e-5);
    }

    [Fact]
    public void The_CUDA_dialect_agrees_where_its_gated_GELU_has_an_operator()
    {
        var path = folder.Write("wide.safetensors", SdxlManifest.Of(new SdxlSizes { Channels = 320, Multipliers = [1, 2], Depths = [1, 0], MiddleDepth = 1, Blocks = 1, VaeChannels = 32 }));
        var checkpoint = Checkpoint.Open(path);

        var portable = Noise(checkpoint, graph => new PortableLayers(graph, checkpoint));
        var cuda = Noise(checkpoint, graph => new CudaStandIns(graph, checkpoint));

        Close.To(portable, cuda, 1e-4);
    }

    private static float[] Noise(Checkpoint checkpoint, Func<GraphBuilder, Layers> layers)
    {
        var model = UnetGraph.Of(layers(new GraphBuilder("UNet", ElementType.Float)));
        var session = new Lazy<ModelSession>(() => new SessionFactory(DeviceKind.Cpu, 0).Open(model));
        using var predictor = new CheckpointNoisePredictor(session, 4, EncoderSizes.Of(checkpoint));
        var noise = new float[2 * 4 * 9 * 7];
        var conditions = new Conditions(2, 77, Formula.Values("context", 2 * 77 * 320, 1, 0), Formula.Values("pooled", 2 * 160, 1, 0), new float[12]);
        predictor.Predict(Formula.Values("sample", 4 * 9 * 7, 1, 0), 9, 7, 500, conditions, noise, CancellationToken.None);
        session.Value.Dispose();
        return noise;
    }

    private string Write(string name, SdxlSizes sizes) => folder.Write(name, SdxlManifest.Of(sizes));
}
