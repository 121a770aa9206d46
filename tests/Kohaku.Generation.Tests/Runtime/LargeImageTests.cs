using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.Runtime;
using Kohaku.Generation.Tests.Golden;
using Kohaku.Generation.Tests.Graphs;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.Runtime;

/// <summary>What is above the size that the VAE does at once.</summary>
public sealed class LargeImageTests(TinyModel model) : IClassFixture<TinyModel>
{
    private static readonly TileSizes s_whole = new(100_000, 0, 0);
    private static readonly TileSizes s_tiles = new(24 * 24, 24, 12);

    private readonly Checkpoint _checkpoint = Checkpoint.Open(TinyCheckpoint.Path);

    [Fact]
    public void A_large_latent_is_decoded_in_tiles_without_seams()
    {
        const int height = 30;
        const int width = 57;
        // Alike everywhere, so that the normalizations of a tile are nearly those of the whole.
        var latent = Formula.Values("latent", 4 * height * width, 1, 0);
        var session = Open(graph => VaeGraph.OfDecoder(new PortableLayers(graph, _checkpoint, isFused: true)));

        var whole = new CheckpointDecoder(session, session, 4, 8, s_whole, null).Decode(latent, height, width, CancellationToken.None);
        var tiled = new CheckpointDecoder(session, session, 4, 8, s_tiles, null).Decode(latent, height, width, CancellationToken.None);

        Assert.Equal(whole.Length, tiled.Length);
        Assert.NotEqual(whole, tiled);
        // A wrong place or weight would leave jumps that the whole does not have.
        Assert.True(Jump(tiled, width * 8) < 1.2 * Jump(whole, width * 8), $"{Jump(tiled, width * 8)} in tiles, {Jump(whole, width * 8)} as a whole");
        Assert.True(Likeness(whole, tiled) > 0.95, $"likeness {Likeness(whole, tiled)}");
        session.Value.Dispose();
    }

    [Fact]
    public void A_large_image_is_encoded_in_tiles()
    {
        const int height = 24;
        const int width = 57;
        var image = Smooth(height * 8, width * 8);
        var session = Open(graph => VaeGraph.OfEncoder(new PortableLayers(graph, _checkpoint, isFused: true)));

        var whole = new CheckpointEncoder(session, 4, 8, s_whole).Encode(image, height * 8, width * 8, CancellationToken.None);
        var tiled = new CheckpointEncoder(session, 4, 8, s_tiles).Encode(image, height * 8, width * 8, CancellationToken.None);

        Assert.NotEqual(whole.Mean, tiled.Mean);
        Assert.True(Likeness(whole.Mean, tiled.Mean) > 0.95, $"likeness {Likeness(whole.Mean, tiled.Mean)}");
        Assert.True(Likeness(whole.LogVariance, tiled.LogVariance) > 0.95, $"likeness {Likeness(whole.LogVariance, tiled.LogVariance)}");
        session.Value.Dispose();
    }

    [Fact]
    public void An_overflow_in_fp16_is_decoded_again_in_fp32_and_said_once()
    {
        var bias = TinyCheckpoint.Tensors.Select(tensor => (tensor.Name, "F32", tensor.Shape, SafetensorsFile.Singles(tensor.Name.EndsWith("decoder.conv_out.bias", StringComparison.Ordinal) ? [.. tensor.Values().Select(_ => float.NaN)] : tensor.Values())));
        var path = Path.Combine(Directory.CreateTempSubdirectory("kohaku-overflow-").FullName, "nan.safetensors");
        SafetensorsFile.Write(path, bias);
        var broken = Checkpoint.Open(path);
        var overflows = Open(graph => VaeGraph.OfDecoder(new PortableLayers(graph, broken, isFused: true)));
        var sound = Open(graph => VaeGraph.OfDecoder(new PortableLayers(graph, _checkpoint, isFused: true)));
        var notices = new List<string>();
        var latent = new float[4 * 64];

        var decoder = new CheckpointDecoder(overflows, sound, 4, 8, s_whole, notices.Add);
        var image = decoder.Decode(latent, 8, 8, CancellationToken.None);
        var again = decoder.Decode(latent, 8, 8, CancellationToken.None);

        Assert.Equal(new CheckpointDecoder(sound, sound, 4, 8, s_whole, null).Decode(latent, 8, 8, CancellationToken.None), image);
        Assert.Equal(image, again);
        Assert.Equal(["The VAE decoder overflowed in fp16; fp32 is used"], notices);
        Assert.Throws<ModelException>(() => new CheckpointDecoder(overflows, overflows, 4, 8, s_whole, null).Decode(latent, 8, 8, CancellationToken.None));
        overflows.Value.Dispose();
        sound.Value.Dispose();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Cancelling_ends_a_step_that_is_under_way_and_the_next_works()
    {
        using var source = new CancellationTokenSource();
        var (width, pooled) = (model.Open.TextEncoders.FirstWidth + model.Open.TextEncoders.SecondWidth, model.Open.TextEncoders.PooledWidth);
        var conditions = new Conditions(1, 77, new float[77 * width], new float[pooled], new float[6]);
        // Opened, so that what is cancelled is the run.
        model.Open.NoisePredictor.Predict(new float[4 * 64], 8, 8, 1, conditions, new float[4 * 64], CancellationToken.None);

        using var began = new ManualResetEventSlim();
        var run = Task.Run(() =>
        {
            began.Set();
            // Minutes of work.
            model.Open.NoisePredictor.Predict(new float[4 * 1024 * 256], 1024, 256, 1, conditions, new float[4 * 1024 * 256], source.Token);
        });
        began.Wait();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(run.GetAwaiter().GetResult);
        model.Open.NoisePredictor.Predict(new float[4 * 64], 8, 8, 1, conditions, new float[4 * 64], CancellationToken.None);
    }

    private static Lazy<ModelSession> Open(Func<GraphBuilder, OnnxModel> graph) => new(() => new SessionFactory(DeviceKind.Cpu, 0).Open(graph(new GraphBuilder("VAE", ElementType.Float))));

    private static float[] Smooth(int height, int width)
    {
        var image = new float[3 * height * width];
        for (var i = 0; i < image.Length; i++) image[i] = 0.8f * MathF.Sin(i / (height * width) + (0.02f * (i % width)) + (0.03f * (i / width % height)));
        return image;
    }

    private static float Jump(float[] image, int width)
    {
        var jump = 0f;
        for (var i = 1; i < image.Length; i++)
        {
            if (i % width != 0) jump = Math.Max(jump, Math.Abs(image[i] - image[i - 1]));
        }

        return jump;
    }

    // Correlation.
    private static double Likeness(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var (ab, aa, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (ab, aa, bb) = (ab + (x * y), aa + (x * x), bb + (y * y));
        }

        return ab / Math.Sqrt(aa * bb);
    }
}
