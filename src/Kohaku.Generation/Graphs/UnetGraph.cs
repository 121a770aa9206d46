using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>SDXL's UNet, with the names of Stability's generative-models. Blocks, channels and depths are what the checkpoint has.</summary>
/// <remarks>
/// Inputs: <c>sample</c> [1 or batch, 4, height, width], <c>timestep</c> [1], <c>encoder_hidden_states</c> [batch, tokens, width], <c>text_embeds</c> [batch, pooled], <c>time_ids</c> [batch, 6].
/// Output: <c>out_sample</c> [batch, 4, height, width]. All fp32.
/// </remarks>
internal sealed class UnetGraph
{
    /// <summary>Numbers a head: 5, 10 and 20 heads at 320, 640 and 1280 channels.</summary>
    private const int HeadSize = 64;

    /// <summary>Numbers that each of the six time ids becomes.</summary>
    private const int TimeIdWidth = 256;

    private const float ResidualEpsilon = 1e-5f;
    private const float TransformerEpsilon = 1e-6f;
    private const string Root = "model.diffusion_model.";

    private readonly Layers _layers;
    private readonly string _batch;
    private readonly string _context;
    private readonly string _embedding;

    private UnetGraph(Layers layers)
    {
        _layers = layers;
        var context = Graph.Input("encoder_hidden_states", ElementType.Float, "batch", "tokens", ContextWidth(Checkpoint));
        _batch = layers.Sides(context, 0, 1);
        _context = Graph.Node("Reshape", [Graph.Cast(context, ElementType.Float, Graph.Compute), Graph.Integers(-1, ContextWidth(Checkpoint))]);
        _embedding = layers.Silu(layers.Add(Time(), Added()));
    }

    private GraphBuilder Graph => _layers.Graph;

    private Checkpoint Checkpoint => _layers.Checkpoint;

    /// <summary>Writes the graph.</summary>
    public static OnnxModel Of(Layers layers) => new UnetGraph(layers).Build();

    /// <summary>Numbers a token of the context that a checkpoint's UNet looks at: of both encoders together.</summary>
    public static long ContextWidth(Checkpoint checkpoint) => checkpoint.Require(Root + "middle_block.1.transformer_blocks.0.attn2.to_k.weight", 2).Shape[1];

    /// <summary>Numbers of the pooled vector that a checkpoint's UNet takes.</summary>
    public static long PooledWidth(Checkpoint checkpoint) => checkpoint.Require(Root + "label_emb.0.0.weight", 2).Shape[1] - (6 * TimeIdWidth);

    /// <summary>Channels of the latent that it takes.</summary>
    public static long InputChannels(Checkpoint checkpoint) => checkpoint.Require(Root + "input_blocks.0.0.weight", 4).Shape[1];

    private OnnxModel Build()
    {
        var channels = InputChannels(Checkpoint);
        var sample = Graph.Input("sample", ElementType.Float, "samples", channels, "height", "width");
        var x = _layers.Convolution(_layers.FromInput(sample), Root + "input_blocks.0.0");
        // One latent serves every entry of the batch.
        x = Graph.Node("Expand", [x, _layers.BatchShape(_batch, 1, 1, 1)]);

        var skips = new Stack<string>([x]);
        var count = Checkpoint.CountOf(Root + "input_blocks.");
        for (var i = 1; i < count; i++)
        {
            x = Block($"{Root}input_blocks.{i}.", x);
            skips.Push(x);
        }

        x = Block(Root + "middle_block.", x);
        var isResized = false;
        for (var i = 0; i < count; i++)
        {
            var name = $"{Root}output_blocks.{i}.";
            x = Block(name, _layers.Join(x, skips.Pop(), isResized));
            isResized = HasUpsampler(name);
        }

        x = _layers.Convolution(_layers.GroupNorm(x, Root + "out.0", ResidualEpsilon, hasSilu: true), Root + "out.2");
        Graph.Output(_layers.ToOutput(x), "out_sample", ElementType.Float, "batch", channels, "height", "width");
        return Graph.Build();
    }

    private string Block(string name, string x)
    {
        var count = Math.Max(1, Checkpoint.CountOf(name));
        for (var i = 0; i < count; i++)
        {
            var part = $"{name}{i}.";
            if (Checkpoint.HasAny(part + "op.")) x = _layers.Convolution(x, part + "op", stride: 2);
            else if (Checkpoint.HasAny(part + "conv.")) x = _layers.Convolution(_layers.Upsample(x), part + "conv");
            else if (Checkpoint.HasAny(part + "transformer_blocks.")) x = Transformer(part, x);
            else x = Residual(part, x);
        }

        return x;
    }

    private bool HasUpsampler(string name) => Enumerable.Range(0, Checkpoint.CountOf(name)).Any(i => Checkpoint.HasAny($"{name}{i}.conv."));

    private string Residual(string name, string x)
    {
        var h = _layers.Convolution(_layers.GroupNorm(x, name + "in_layers.0", ResidualEpsilon, hasSilu: true), name + "in_layers.2");
        h = _layers.AddGroupNorm(h, _layers.Linear(_embedding, name + "emb_layers.1"), name + "out_layers.0", ResidualEpsilon);
        h = _layers.Convolution(h, name + "out_layers.3");
        var skip = Checkpoint.HasAny(name + "skip_connection.") ? _layers.Convolution(x, name + "skip_connection") : x;
        return _layers.Add(skip, h);
    }

    private string Transformer(string name, string x)
    {
        var channels = Checkpoint.Require(name + "norm.weight", 1).Shape[0];
        var heads = Layers.Heads(name + "proj_in.weight", Checkpoint.Require(name + "proj_in.weight", 2, 4).Shape[0], HeadSize);
        var (tokens, shape) = _layers.ToTokens(_layers.GroupNorm(x, name + "norm", TransformerEpsilon, hasSilu: false), channels);
        var stream = new ResidualStream(_layers, _layers.Linear(tokens, name + "proj_in"));
        var depth = Checkpoint.CountOf(name + "transformer_blocks.");
        for (var i = 0; i < depth; i++) TransformerBlock($"{name}transformer_blocks.{i}.", stream, heads);
        return _layers.Add(_layers.FromTokens(_layers.Linear(stream.Sum, name + "proj_out"), shape), x);
    }

    private void TransformerBlock(string name, ResidualStream stream, long heads)
    {
        stream.Add(Attention(name + "attn1.", stream.Normalize(name + "norm1"), null, heads));
        stream.Add(Attention(name + "attn2.", stream.Normalize(name + "norm2"), _context, heads));
        stream.Add(_layers.Linear(_layers.GatedGelu(stream.Normalize(name + "norm3"), name + "ff.net.0.proj", _batch), name + "ff.net.2"));
    }

    private string Attention(string name, string x, string? context, long heads)
    {
        var q = _layers.Linear(x, name + "to_q", hasBias: false);
        var k = _layers.Linear(context ?? x, name + "to_k", hasBias: false);
        var v = _layers.Linear(context ?? x, name + "to_v", hasBias: false);
        return _layers.Linear(_layers.Attention(q, k, v, _batch, heads, HeadSize), name + "to_out.0");
    }

    // [1, 4 · channels]
    private string Time()
    {
        var timestep = Graph.Input("timestep", ElementType.Float, 1);
        var width = Checkpoint.Require(Root + "time_embed.0.weight", 2).Shape[1];
        var waves = Graph.Cast(Waves(timestep, width), ElementType.Float, Graph.Compute);
        return _layers.Linear(_layers.Silu(_layers.Linear(waves, Root + "time_embed.0")), Root + "time_embed.2");
    }

    // [batch, 4 · channels]
    private string Added()
    {
        var pooled = Graph.Input("text_embeds", ElementType.Float, "batch", PooledWidth(Checkpoint));
        var ids = Graph.Input("time_ids", ElementType.Float, "batch", 6);
        var waves = Graph.Node("Reshape", [Waves(ids, TimeIdWidth), Graph.Integers(-1, 6 * TimeIdWidth)]);
        var all = Graph.Cast(Graph.Node("Concat", [pooled, waves], NodeAttribute.Of("axis", 1)), ElementType.Float, Graph.Compute);
        return _layers.Linear(_layers.Silu(_layers.Linear(all, Root + "label_emb.0.0")), Root + "label_emb.0.2");
    }

    // Cosines, then sines, of each number times falling frequencies; in fp32 whatever the model computes in, since t goes to 999. diffusers: get_timestep_embedding, flip_sin_to_cos.
    private string Waves(string numbers, long width)
    {
        var half = (int)(width / 2);
        var frequencies = new float[half];
        for (var i = 0; i < half; i++) frequencies[i] = MathF.Exp((float)-Math.Log(10000) * i / half);
        var angles = Graph.Node("Mul", [Graph.Node("Unsqueeze", [numbers, Graph.Integers(-1)]), Graph.Floats([half], frequencies)]);
        return Graph.Node("Concat", [Graph.Node("Cos", [angles]), Graph.Node("Sin", [angles])], NodeAttribute.Of("axis", -1));
    }
}
