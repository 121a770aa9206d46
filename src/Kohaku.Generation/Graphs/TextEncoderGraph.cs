using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>The two CLIP text encoders of SDXL, up to the layer before the last; the second's pooled vector too.</summary>
/// <remarks>
/// Inputs: <c>ids</c> [chunks, tokens]; <c>replaced</c> [chunks, tokens, 1] and <c>vectors</c> [chunks, tokens, width], which stand in place of a token's own vector (each side may be 1);
/// for the second <c>ends</c> [chunks], the index of each chunk's end of text among all tokens. Outputs: <c>hidden</c> [chunks · tokens, width], <c>pooled</c> [chunks, projection].
/// </remarks>
internal sealed class TextEncoderGraph
{
    /// <summary>Numbers a head in both encoders.</summary>
    private const int HeadSize = 64;

    /// <summary>What names of encoder 1 begin with.</summary>
    public const string First = "conditioner.embedders.0.transformer.text_model.";
    /// <summary>What names of encoder 2 begin with.</summary>
    public const string Second = "conditioner.embedders.1.model.";

    private readonly Layers _layers;
    private readonly ResidualStream _stream;
    private readonly string _batch;
    private readonly string _mask;
    private readonly long _width;
    private readonly long _heads;

    private TextEncoderGraph(Layers layers, string embeddings, string positions)
    {
        _layers = layers;
        _stream = new ResidualStream(layers, Embed(embeddings, positions, out _batch, out _mask, out _width));
        _heads = Layers.Heads(embeddings, _width, HeadSize);
    }

    private GraphBuilder Graph => _layers.Graph;

    /// <summary>Encoder 1: layers by transformers' names, quick-GELU. Its last layer and final norm have no part in SDXL.</summary>
    public static OnnxModel OfFirst(Layers layers)
    {
        var encoder = new TextEncoderGraph(layers, First + "embeddings.token_embedding.weight", First + "embeddings.position_embedding.weight");
        var count = layers.Checkpoint.CountOf(First + "encoder.layers.");
        for (var i = 0; i < count - 1; i++)
        {
            var name = $"{First}encoder.layers.{i}.";
            encoder.Layer(
                name + "layer_norm1", x => (layers.Linear(x, name + "self_attn.q_proj"), layers.Linear(x, name + "self_attn.k_proj"), layers.Linear(x, name + "self_attn.v_proj")),
                name + "self_attn.out_proj", name + "layer_norm2", name + "mlp.fc1", layers.QuickGelu, name + "mlp.fc2");
        }

        encoder.Output();
        return layers.Graph.Build();
    }

    /// <summary>Encoder 2: OpenCLIP's names, with queries, keys and values in one weight; GELU; the projection is <c>x · W</c>.</summary>
    public static OnnxModel OfSecond(Layers layers)
    {
        var encoder = new TextEncoderGraph(layers, Second + "token_embedding.weight", Second + "positional_embedding");
        var count = layers.Checkpoint.CountOf(Second + "transformer.resblocks.");
        for (var i = 0; i < count; i++)
        {
            if (i == count - 1) encoder.Output();
            var name = $"{Second}transformer.resblocks.{i}.";
            encoder.Layer(
                name + "ln_1", x => (Part(x, 0), Part(x, 1), Part(x, 2)), name + "attn.out_proj", name + "ln_2", name + "mlp.c_fc", layers.Gelu, name + "mlp.c_proj");

            string Part(string x, int part) => layers.LinearPart(x, name + "attn.in_proj_weight", name + "attn.in_proj_bias", part, 3);
        }

        encoder.Pool();
        return layers.Graph.Build();
    }

    private string Embed(string embeddings, string positions, out string batch, out string mask, out long width)
    {
        var table = _layers.Checkpoint.Require(embeddings, 2);
        var places = _layers.Checkpoint.Require(positions, 2);
        width = table.Shape[1];
        var ids = Graph.Input("ids", ElementType.Int64, "chunks", "tokens");
        var replaced = Graph.Input("replaced", ElementType.Bool, "replaced chunks", "replaced tokens", 1);
        var vectors = Graph.Input("vectors", ElementType.Float, "replaced chunks", "replaced tokens", width);
        batch = _layers.Sides(ids, 0, 1);
        var tokens = _layers.Sides(ids, 1, 2);

        // The table stays in the file as it is: only the rows asked for are widened.
        var own = Graph.Cast(Graph.Node("Gather", [Graph.Raw(table), ids]), table.Element, Graph.Compute);
        var chosen = Graph.Node("Where", [replaced, Graph.Cast(vectors, ElementType.Float, Graph.Compute), own]);
        var place = Graph.Node("Slice", [Graph.Weight(places, places.Shape), Graph.Integers(0), tokens, Graph.Integers(0)]);

        var side = (int)Math.Min(places.Shape[0], 4096);
        var allowed = Graph.Cast(Graph.Floats([side, side], Causal(side)), ElementType.Float, Graph.Compute);
        var both = Graph.Node("Concat", [tokens, tokens], NodeAttribute.Of("axis", 0));
        mask = Graph.Node("Slice", [allowed, Graph.Integers(0, 0), both, Graph.Integers(0, 1)]);
        return Graph.Node("Reshape", [_layers.Add(chosen, place), Graph.Integers(-1, width)]);
    }

    private void Layer(string norm1, Func<string, (string Q, string K, string V)> project, string join, string norm2, string up, Func<string, string> activate, string down)
    {
        var (q, k, v) = project(_stream.Normalize(norm1));
        _stream.Add(_layers.Linear(_layers.Attention(q, k, v, _batch, _heads, HeadSize, _mask), join));
        _stream.Add(_layers.Linear(activate(_layers.Linear(_stream.Normalize(norm2), up)), down));
    }

    private void Output() => Graph.Output(Graph.Cast(_stream.Sum, Graph.Compute, ElementType.Float), "hidden", ElementType.Float, "all tokens", _width);

    private void Pool()
    {
        var ends = Graph.Input("ends", ElementType.Int64, "chunks");
        var last = _layers.LayerNorm(Graph.Node("Gather", [_stream.Sum, ends]), Second + "ln_final");
        var projection = _layers.Checkpoint.Require(Second + "text_projection", 2);
        var pooled = Graph.Node("MatMul", [last, Graph.Weight(projection, projection.Shape)]);
        Graph.Output(Graph.Cast(pooled, Graph.Compute, ElementType.Float), "pooled", ElementType.Float, "chunks", projection.Shape[1]);
    }

    // A token sees itself and those before it.
    private static float[] Causal(int side)
    {
        var mask = new float[side * side];
        for (var row = 0; row < side; row++) mask.AsSpan((row * side) + row + 1, side - row - 1).Fill(-10000);
        return mask;
    }
}
