using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Graphs;

/// <summary>Every dialect has the reference's numbers. The processor lacks some of the CUDA dialect's operators: <see cref="CudaStandIns"/> says them in others.</summary>
public sealed class DialectTests
{
    public static TheoryData<string, int> UnetCases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var dialect in new[] { "portable", "CUDA", "CUDA fp16" })
            {
                for (var i = 0; i < 5; i++) cases.Add(dialect, i);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(UnetCases))]
    public void The_noise_is_the_reference_s(string dialect, int index)
    {
        var golden = GoldenTensors.Read("unet.safetensors");
        var checkpoint = Checkpoint.Open(TinyCheckpoint.Path);
        // The one with weights widened in every run, the other with weights widened when it is opened.
        var session = Open(UnetGraph.Of(LayersOf(dialect, "UNet", checkpoint)), widensAtOnce: dialect != "portable");
        using var predictor = new CheckpointNoisePredictor(session, 4, EncoderSizes.Of(checkpoint));
        var sample = golden.ShapeOf($"{index}|sample");
        var context = golden.ShapeOf($"{index}|context");
        var conditions = new Conditions(context[0], context[1], golden[$"{index}|context"], golden[$"{index}|pooled"], golden[$"{index}|time_ids"]);
        var noise = new float[golden[$"{index}|out"].Length];

        predictor.Predict(golden[$"{index}|sample"], sample[2], sample[3], golden[$"{index}|timestep"][0], conditions, noise, CancellationToken.None);

        Close.To(golden[$"{index}|out"], noise, dialect == "CUDA fp16" ? 2e-2 : 1e-4);
        session.Value.Dispose();
    }

    [Theory]
    [InlineData("portable")]
    [InlineData("CUDA")]
    [InlineData("CUDA fp16")]
    public void Hidden_states_and_the_pooled_vector_are_the_reference_s(string dialect)
    {
        var golden = GoldenTensors.Read("encoders.safetensors");
        var checkpoint = Checkpoint.Open(TinyCheckpoint.Path);
        var first = Open(TextEncoderGraph.OfFirst(LayersOf(dialect, "text encoder 1", checkpoint)));
        var second = Open(TextEncoderGraph.OfSecond(LayersOf(dialect, "text encoder 2", checkpoint)));

        var encoded = new CheckpointTextEncoders(first, second, EncoderSizes.Of(checkpoint)).Encode(TextEncoderTests.ChunksOf(3), CancellationToken.None);

        var tolerance = dialect == "CUDA fp16" ? 2e-2 : 1e-4;
        Close.To(golden["3|te1"], [.. encoded.SelectMany(chunk => chunk.First)], tolerance);
        Close.To(golden["3|te2"], [.. encoded.SelectMany(chunk => chunk.Second)], tolerance);
        Close.To(golden["3|pooled"], encoded[0].Pooled, tolerance);
        first.Value.Dispose();
        second.Value.Dispose();
    }

    [Theory]
    [InlineData("portable")]
    [InlineData("CUDA")]
    [InlineData("CUDA fp16")]
    public void The_VAE_is_the_reference_s(string dialect)
    {
        var golden = GoldenTensors.Read("vae.safetensors");
        var checkpoint = Checkpoint.Open(TinyCheckpoint.Path);
        var decoder = Open(VaeGraph.OfDecoder(LayersOf(dialect, "VAE decoder", checkpoint)));
        var encoder = Open(VaeGraph.OfEncoder(LayersOf(dialect, "VAE encoder", checkpoint)));

        var image = new CheckpointDecoder(decoder, decoder, 4, 8, TileSizes.Default, null).Decode(golden["latent"], 16, 24, CancellationToken.None);
        var (mean, logVariance) = new CheckpointEncoder(encoder, 4, 8, TileSizes.Default).Encode(golden["image"], 128, 192, CancellationToken.None);

        var tolerance = dialect == "CUDA fp16" ? 2e-2 : 1e-3;
        Close.To(golden["decoded"], image, tolerance);
        Close.To(golden["mean"], mean, tolerance);
        Close.To(golden["logvar"], logVariance, tolerance);
        decoder.Value.Dispose();
        encoder.Value.Dispose();
    }

    private static Layers LayersOf(string dialect, string name, Checkpoint checkpoint)
    {
        var graph = new GraphBuilder(name, dialect == "CUDA fp16" ? ElementType.Half : ElementType.Float);
        if (dialect == "portable") return new PortableLayers(graph, checkpoint);
        return TestDevice.Kind == DeviceKind.Cuda ? new CudaLayers(graph, checkpoint) : new CudaStandIns(graph, checkpoint);
    }

    private static Lazy<ModelSession> Open(OnnxModel model, bool widensAtOnce = true) => new(() => new SessionFactory(TestDevice.Kind, 0).Open(model, widensAtOnce: widensAtOnce));
}
