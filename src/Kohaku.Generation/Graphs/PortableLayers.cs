using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>Standard operators, which every device has. Images are <c>[batch, channels, height, width]</c>.</summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="checkpoint">Has the weights.</param>
/// <param name="isFused">Whether operators of Microsoft's that the processor has too are used: its attention never holds all scores at once.</param>
internal sealed class PortableLayers(GraphBuilder graph, Checkpoint checkpoint, bool isFused = false) : Layers(graph, checkpoint)
{
    /// <inheritdoc/>
    public override string Attention(string q, string k, string v, string batch, long heads, long size, string? mask = null)
    {
        if (isFused) return MultiHeadAttention(q, k, v, batch, heads, size, mask);

        var split = BatchShape(batch, -1, heads, size);
        var scaled = Graph.Node("Mul", [q, Graph.Scalar(1 / MathF.Sqrt(size))]);
        var scores = Graph.Node("MatMul", [Heads(scaled, split, [0, 2, 1, 3]), Heads(k, split, [0, 2, 3, 1])]);
        if (mask is not null) scores = Add(scores, mask);
        var mixed = Graph.Node("MatMul", [Graph.Node("Softmax", [scores], NodeAttribute.Of("axis", -1)), Heads(v, split, [0, 2, 1, 3])]);
        var together = Graph.Node("Transpose", [mixed], NodeAttribute.Of("perm", [0, 2, 1, 3]));
        return Graph.Node("Reshape", [together, Graph.Integers(-1, heads * size)]);
    }

    /// <inheritdoc/>
    public override (string Sum, string Normal) AddLayerNorm(string x, string added, string name) =>
        isFused ? SkipLayerNormalization(x, added, name) : base.AddLayerNorm(x, added, name);

    /// <inheritdoc/>
    public override string Convolution(string x, string name, int stride = 1, bool padsEnd = false)
    {
        var weight = Checkpoint.Require(name + ".weight", 4);
        var pad = weight.Shape[2] / 2;
        ReadOnlySpan<long> pads = padsEnd ? [0, 0, pad, pad] : [pad, pad, pad, pad];
        return Graph.Node("Conv", [x, Graph.Weight(weight, weight.Shape), Vector(name + ".bias")], NodeAttribute.Of("strides", [stride, stride]), NodeAttribute.Of("pads", pads));
    }

    /// <inheritdoc/>
    public override string GroupNorm(string x, string name, float epsilon, bool hasSilu)
    {
        var ones = Graph.Once("ones", () => Graph.Cast(Graph.Floats([Groups], [.. Enumerable.Repeat(1f, Groups)]), ElementType.Float, Graph.Compute));
        var zeros = Graph.Once("zeros", () => Graph.Cast(Graph.Floats([Groups], new float[Groups]), ElementType.Float, Graph.Compute));
        var groups = Graph.Node("Reshape", [x, Graph.Integers(0, Groups, -1)]);
        var normal = Graph.Node("InstanceNormalization", [groups, ones, zeros], NodeAttribute.Of("epsilon", epsilon));
        var image = Graph.Node("Reshape", [normal, Sides(x, 0, 4)]);
        var scaled = Add(Graph.Node("Mul", [image, PerChannel(name + ".weight")]), PerChannel(name + ".bias"));
        return hasSilu ? Silu(scaled) : scaled;
    }

    /// <inheritdoc/>
    protected override string AddVector(string x, string vector) => Add(x, Graph.Node("Unsqueeze", [vector, Graph.Integers(2, 3)]));

    /// <inheritdoc/>
    public override (string Tokens, string Shape) ToTokens(string x, long channels)
    {
        var last = Graph.Node("Transpose", [x], NodeAttribute.Of("perm", [0, 2, 3, 1]));
        return (Graph.Node("Reshape", [last, Graph.Integers(-1, channels)]), Sides(last, 0, 4));
    }

    /// <inheritdoc/>
    public override string FromTokens(string tokens, string shape) =>
        Graph.Node("Transpose", [Graph.Node("Reshape", [tokens, shape])], NodeAttribute.Of("perm", [0, 3, 1, 2]));

    /// <inheritdoc/>
    public override string Upsample(string x) =>
        Graph.Node(
            "Resize",
            [x, "", Graph.Once("twice", () => Graph.Floats([4], 1, 1, 2, 2))],
            NodeAttribute.Of("mode", "nearest"), NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"), NodeAttribute.Of("nearest_mode", "floor"));

    /// <inheritdoc/>
    public override string Join(string x, string skip, bool isResized)
    {
        if (isResized) x = Graph.Node("Slice", [x, Graph.Integers(0, 0), Sides(skip, 2, 4), Graph.Integers(2, 3)]);
        return Graph.Node("Concat", [x, skip], NodeAttribute.Of("axis", 1));
    }

    /// <inheritdoc/>
    public override string FromInput(string x) => Graph.Cast(x, ElementType.Float, Graph.Compute);

    /// <inheritdoc/>
    public override string ToOutput(string x) => Graph.Cast(x, Graph.Compute, ElementType.Float);

    private string Heads(string x, string split, ReadOnlySpan<long> order) =>
        Graph.Node("Transpose", [Graph.Node("Reshape", [x, split])], NodeAttribute.Of("perm", order));

    private string PerChannel(string name)
    {
        var tensor = Checkpoint.Require(name, 1);
        return Graph.Weight(tensor, tensor.Shape[0], 1, 1);
    }
}
