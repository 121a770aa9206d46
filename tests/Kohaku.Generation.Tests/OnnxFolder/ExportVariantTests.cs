using Kohaku.Generation.Graphs;
using Kohaku.Generation.Models;
using Kohaku.Generation.OnnxFolder;
using Kohaku.Generation.Runtime;
using Kohaku.Jobs;

namespace Kohaku.Generation.Tests.OnnxFolder;

/// <summary>What exporters do differently: small models with the inputs and outputs of theirs.</summary>
public sealed class ExportVariantTests : IDisposable
{
    private const ElementType Int32 = (ElementType)6;
    private const ElementType Double = (ElementType)11;

    private static readonly SessionFactory s_sessions = new(DeviceKind.Cpu, 1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kohaku-export-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<int, int, int, int> Types => new()
    {
        // sample, timestep, rank of timestep, fixed batch or 0
        { (int)ElementType.Float, (int)ElementType.Float, 0, 0 },
        { (int)ElementType.Float, (int)ElementType.Int64, 1, 0 },
        { (int)ElementType.Half, (int)ElementType.Half, 1, 0 },
        { (int)ElementType.Half, (int)ElementType.Int64, 0, 2 },
        { (int)ElementType.Float, (int)Int32, 1, 1 },
        { (int)ElementType.Float, (int)Double, 0, 2 },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_UNet_takes_its_own_types_ranks_and_batch(int type, int timestepType, int rank, int batch)
    {
        WriteUNet((ElementType)type, (ElementType)timestepType, rank, batch);
        using var unet = new FolderUNet(_folder.FullName, 6, 3, s_sessions);
        float[] sample = [.. Enumerable.Range(0, 24).Select(i => (i - 12) * 0.125f)];
        var conditions = new Conditions(3, 2, [.. Enumerable.Range(0, 36).Select(i => i * 0.25f)], [.. Enumerable.Range(0, 9).Select(i => i * 0.5f)], [.. Enumerable.Range(0, 18).Select(i => (float)i)]);
        var noise = new float[3 * sample.Length];

        unet.Predict(sample, 2, 3, 250, conditions, noise, default);

        for (var entry = 0; entry < 3; entry++)
        {
            // The model below: sample + t/1000 + means of hidden states, pooled vector and time ids.
            var added = 0.25 + (36 / 3 * 0.25 * (entry + 0.5) - 0.125) + (1.5 * entry + 0.5) + (6 * entry + 2.5);
            for (var i = 0; i < sample.Length; i++) Assert.Equal(sample[i] + added, noise[(entry * sample.Length) + i], 0.02);
        }
    }

    [Fact]
    public void A_timestep_between_two_goes_to_the_nearest_where_the_export_takes_whole_ones()
    {
        WriteUNet(ElementType.Float, ElementType.Int64, 1, 0);
        using var unet = new FolderUNet(_folder.FullName, 6, 3, s_sessions);
        var noise = new float[24];
        unet.Predict(new float[24], 2, 3, 498.99998f, new Conditions(1, 2, new float[12], new float[3], new float[6]), noise, default);
        Assert.Equal(0.499f, noise[0], 1e-5f);
    }

    [Fact]
    public void Conditions_change_between_calls()
    {
        WriteUNet(ElementType.Float, ElementType.Float, 0, 0);
        using var unet = new FolderUNet(_folder.FullName, 6, 3, s_sessions);
        var (zeros, ones) = (new Conditions(1, 2, new float[12], new float[3], new float[6]), new Conditions(1, 2, new float[12], [1, 1, 1], new float[6]));
        var noise = new float[24];
        foreach (var (conditions, expected) in ((Conditions, float)[])[(zeros, 0), (ones, 1), (zeros, 0)])
        {
            unet.Predict(new float[24], 2, 3, 0, conditions, noise, default);
            Assert.Equal(expected, noise[0]);
        }
    }

    [Fact]
    public void A_UNet_of_Stable_Diffusion_1_is_refused()
    {
        var graph = new GraphBuilder("unet", ElementType.Float);
        var sample = graph.Input("sample", ElementType.Float, "batch", 4, "height", "width");
        graph.Input("timestep", ElementType.Float);
        graph.Input("encoder_hidden_states", ElementType.Float, "batch", "tokens", 768);
        graph.Output(sample, "out_sample", ElementType.Float, "batch", 4, "height", "width");
        Write(graph);
        Assert.StartsWith($"{At("model.onnx")} has no input time_ids; its inputs are sample Float [batch, 4, height, width]; ", Assert.Throws<ModelException>(() => new FolderUNet(_folder.FullName, 2048, 1280, s_sessions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_input_that_SDXL_has_not_is_refused()
    {
        WriteUNet(ElementType.Float, ElementType.Float, 0, 0, more: "timestep_cond");
        Assert.Equal($"{At("model.onnx")} has an input that SDXL has not: timestep_cond Float [batch, 256]", Assert.Throws<ModelException>(() => new FolderUNet(_folder.FullName, 6, 3, s_sessions)).Message);
    }

    [Theory]
    [InlineData("hidden_states.0,hidden_states.1,hidden_states.2,last_hidden_state")]
    [InlineData("last_hidden_state,hidden_states_2,hidden_states_1,hidden_states_0")]
    [InlineData("a,b,c")]
    [InlineData("last_hidden_state,a,b,c")]
    [InlineData("hidden_states.1")]
    [InlineData("hidden_states,last_hidden_state")]
    public void The_penultimate_layer_is_found(string outputs)
    {
        WriteConfig(2);
        WriteEncoder(ElementType.Int64, ElementType.Float, outputs.Split(','));
        using var encoder = new FolderTextEncoder(_folder.FullName, hasPooled: false, s_sessions);

        var (hidden, _) = encoder.Encode([5, 7], default);

        // The model below: each output is ids + its place among the outputs.
        var place = outputs.Split(',').ToList().FindIndex(name => name is "hidden_states.1" or "hidden_states_1" or "b" or "hidden_states");
        Assert.Equal([5 + place, 5 + place, 5 + place, 7 + place, 7 + place, 7 + place], hidden);
        Assert.Equal(3, encoder.Width);
    }

    [Fact]
    public void Ids_of_32_bits_half_precision_and_an_attention_mask_are_taken()
    {
        WriteEncoder(Int32, ElementType.Half, ["text_embeds", "last_hidden_state", "hidden_states.0", "hidden_states.1"], hasMask: true);
        using var encoder = new FolderTextEncoder(_folder.FullName, hasPooled: true, s_sessions);

        var (hidden, pooled) = encoder.Encode([1000, 7], default);

        Assert.Equal([1000 + 2, 1000 + 2, 1000 + 2, 7 + 2, 7 + 2, 7 + 2], hidden);
        Assert.Equal([1000 + 7 + 1, 1000 + 7 + 1, 1000 + 7 + 1], pooled);
    }

    [Fact]
    public void An_encoder_without_hidden_states_is_refused()
    {
        WriteEncoder(ElementType.Int64, ElementType.Float, ["last_hidden_state"]);
        Assert.StartsWith($"{At("model.onnx")} does not give its penultimate layer; its outputs are last_hidden_state", Assert.Throws<ModelException>(() => new FolderTextEncoder(_folder.FullName, hasPooled: false, s_sessions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_without_a_pooled_vector_is_refused()
    {
        WriteEncoder(ElementType.Int64, ElementType.Float, ["last_hidden_state", "hidden_states.0", "hidden_states.1"]);
        Assert.StartsWith($"{At("model.onnx")} does not give the pooled vector text_embeds; ", Assert.Throws<ModelException>(() => new FolderTextEncoder(_folder.FullName, hasPooled: true, s_sessions)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_VAE_that_overflows_is_told()
    {
        var graph = new GraphBuilder("vae", ElementType.Half);
        var latent = graph.Input("latent_sample", ElementType.Half, "batch", 4, "height", "width");
        var large = graph.Node("Exp", [graph.Node("ReduceSum", [latent, graph.Integers(1)], NodeAttribute.Of("keepdims", 1))]);
        var colors = graph.Node("Concat", [large, large, large], NodeAttribute.Of("axis", 1));
        graph.Output(graph.Node("Resize", [colors, "", graph.Floats([4], 1, 1, 8, 8)], NodeAttribute.Of("mode", "nearest")), "sample", ElementType.Half, "batch", 3, "rows", "columns");
        Write(graph);
        using var decoder = new FolderDecoder(_folder.FullName, s_sessions);

        Assert.Equal(3 * 16 * 16, decoder.Decode(new float[16], 2, 2, default).Length);
        Assert.Equal($"{At("model.onnx")} overflows in fp16", Assert.Throws<ModelException>(() => decoder.Decode([.. Enumerable.Repeat(30f, 16)], 2, 2, default)).Message);
    }

    [Fact]
    public void A_large_latent_is_decoded_in_tiles_that_cannot_be_seen()
    {
        var graph = new GraphBuilder("vae", ElementType.Float);
        var latent = graph.Input("latent_sample", ElementType.Float, "batch", 4, "height", "width");
        var colors = graph.Node("Slice", [latent, graph.Integers(0), graph.Integers(3), graph.Integers(1)]);
        graph.Output(graph.Node("Resize", [colors, "", graph.Floats([4], 1, 1, 8, 8)], NodeAttribute.Of("mode", "nearest")), "sample", ElementType.Float, "batch", 3, "rows", "columns");
        Write(graph);
        using var decoder = new FolderDecoder(_folder.FullName, s_sessions);
        const int Height = 200, Width = 248;
        float[] values = [.. Enumerable.Range(0, 4 * Height * Width).Select(i => MathF.Sin(i * 0.37f))];

        var image = decoder.Decode(values, Height, Width, default);

        for (var y = 0; y < 8 * Height; y += 7)
        {
            for (var x = 0; x < 8 * Width; x += 5) Assert.Equal(values[(Height * Width) + (y / 8 * Width) + (x / 8)], image[(64 * Height * Width) + (y * 8 * Width) + x], 1e-5f);
        }
    }

    private void WriteUNet(ElementType type, ElementType timestepType, int rank, int batch, string? more = null)
    {
        var graph = new GraphBuilder("unet", ElementType.Float);
        Dimension entries = batch == 0 ? "batch" : batch;
        var timestep = rank == 0 ? graph.Input("timestep", timestepType) : graph.Input("timestep", timestepType, "steps");
        var sample = graph.Input("sample", type, entries, 4, "height", "width");
        var context = graph.Input("encoder_hidden_states", type, entries, "tokens", 6);
        var timeIds = graph.Input("time_ids", type, entries, 6);
        var pooled = graph.Input("text_embeds", type, entries, 3);
        if (more is not null) graph.Input(more, ElementType.Float, "batch", 256);

        var time = graph.Node("Div", [graph.Cast(timestep, timestepType, ElementType.Float), graph.Scalar(1000)]);
        var sum = graph.Node("Add", [graph.Cast(sample, type, ElementType.Float), time]);
        foreach (var value in (ReadOnlySpan<string>)[context, timeIds, pooled])
        {
            var mean = graph.Node("ReduceMean", [graph.Cast(value, type, ElementType.Float), value == context ? graph.Integers(1, 2) : graph.Integers(1)], NodeAttribute.Of("keepdims", 0));
            sum = graph.Node("Add", [sum, graph.Node("Reshape", [mean, graph.Integers(-1, 1, 1, 1)])]);
        }

        graph.Output(graph.Cast(sum, ElementType.Float, type), "out_sample", type, entries, 4, "height", "width");
        Write(graph);
    }

    private void WriteEncoder(ElementType ids, ElementType type, string[] outputs, bool hasMask = false)
    {
        var graph = new GraphBuilder("encoder", ElementType.Float);
        var tokens = graph.Cast(graph.Input("input_ids", ids, "batch", "tokens"), ids, ElementType.Float);
        if (hasMask) tokens = graph.Node("Mul", [tokens, graph.Cast(graph.Input("attention_mask", ids, "batch", "tokens"), ids, ElementType.Float)]);
        var wide = graph.Node("Expand", [graph.Node("Unsqueeze", [tokens, graph.Integers(2)]), graph.Integers(1, 1, 3)]);
        var place = 0;
        foreach (var name in outputs)
        {
            if (name == "text_embeds")
            {
                var pooled = graph.Node("Add", [graph.Node("ReduceSum", [wide, graph.Integers(1)], NodeAttribute.Of("keepdims", 0)), graph.Scalar(++place)]);
                graph.Output(graph.Cast(pooled, ElementType.Float, type), name, type, "batch", 3);
                continue;
            }

            graph.Output(graph.Cast(graph.Node("Add", [wide, graph.Scalar(place++)]), ElementType.Float, type), name, type, "batch", "tokens", 3);
        }

        Write(graph);
    }

    private void WriteConfig(int layers) => WriteBytes("config.json", System.Text.Encoding.UTF8.GetBytes($"{{\"num_hidden_layers\":{layers}}}"));

    private void Write(GraphBuilder graph) => WriteBytes("model.onnx", graph.Build().Bytes);

    private void WriteBytes(string name, byte[] bytes)
    {
        using var file = File.Create(At(name));
        file.Write(bytes);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);
}
