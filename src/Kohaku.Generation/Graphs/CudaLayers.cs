using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>Operators that ONNX Runtime has for NVIDIA's cards. Images are <c>[batch, height, width, channels]</c>, so that tokens are the same bytes.</summary>
/// <remarks>
/// The schemas and limits are those of onnxruntime's <c>diffusion_defs.cc</c> and <c>contrib_ops/cuda/diffusion</c>: GroupNorm and SkipGroupNorm take the channels last, and scale and shift in
/// fp32; NhwcConv takes a weight of <c>[out, height, width, in]</c>; BiasSplitGelu takes three sides, the last of 2560, 5120 or 10240.
/// </remarks>
internal class CudaLayers(GraphBuilder graph, Checkpoint checkpoint) : Layers(graph, checkpoint)
{
    /// <inheritdoc/>
    public override string Attention(string q, string k, string v, string batch, long heads, long size, string? mask = null) => MultiHeadAttention(q, k, v, batch, heads, size, mask);

    /// <inheritdoc/>
    public override (string Sum, string Normal) AddLayerNorm(string x, string added, string name) => SkipLayerNormalization(x, added, name);

    /// <inheritdoc/>
    public override string GatedGelu(string x, string name, string batch)
    {
        var weight = Checkpoint.Require(name + ".weight", 2);
        var width = weight.Shape[0];
        if (width is not (2560 or 5120 or 10240)) return base.GatedGelu(x, name, batch);

        var both = Graph.Node("Reshape", [Gemm(x, Graph.Weight(weight, weight.Shape), ""), BatchShape(batch, -1, width)]);
        return Graph.Node("Reshape", [SplitGelu(both, Vector(name + ".bias")), Graph.Integers(-1, width / 2)]);
    }

    /// <inheritdoc/>
    public override string Convolution(string x, string name, int stride = 1, bool padsEnd = false)
    {
        var weight = Checkpoint.Require(name + ".weight", 4);
        var pad = weight.Shape[2] / 2;
        ReadOnlySpan<long> pads = padsEnd ? [0, 0, pad, pad] : [pad, pad, pad, pad];
        var last = Graph.Node("Transpose", [Graph.Weight(weight, weight.Shape)], NodeAttribute.Of("perm", [0, 2, 3, 1]));
        return Convolve(x, last, Vector(name + ".bias"), NodeAttribute.Of("strides", [stride, stride]), NodeAttribute.Of("pads", pads));
    }

    /// <inheritdoc/>
    public override string GroupNorm(string x, string name, float epsilon, bool hasSilu) => Normalize(x, FloatVector(name + ".weight"), FloatVector(name + ".bias"), null, epsilon, hasSilu);

    /// <inheritdoc/>
    public override string AddGroupNorm(string x, string vector, string name, float epsilon) =>
        Normalize(x, FloatVector(name + ".weight"), FloatVector(name + ".bias"), vector, epsilon, hasSilu: true);

    /// <inheritdoc/>
    public override (string Tokens, string Shape) ToTokens(string x, long channels) => (Graph.Node("Reshape", [x, Graph.Integers(-1, channels)]), Sides(x, 0, 4));

    /// <inheritdoc/>
    public override string FromTokens(string tokens, string shape) => Graph.Node("Reshape", [tokens, shape]);

    /// <inheritdoc/>
    public override string Upsample(string x) =>
        Graph.Node(
            "Resize",
            [x, "", Graph.Once("twice", () => Graph.Floats([4], 1, 2, 2, 1))],
            NodeAttribute.Of("mode", "nearest"), NodeAttribute.Of("coordinate_transformation_mode", "asymmetric"), NodeAttribute.Of("nearest_mode", "floor"));

    /// <inheritdoc/>
    public override string Join(string x, string skip, bool isResized)
    {
        if (isResized) x = Graph.Node("Slice", [x, Graph.Integers(0, 0), Sides(skip, 1, 3), Graph.Integers(1, 2)]);
        return Graph.Node("Concat", [x, skip], NodeAttribute.Of("axis", 3));
    }

    /// <inheritdoc/>
    public override string FromInput(string x) => Graph.Cast(Graph.Node("Transpose", [x], NodeAttribute.Of("perm", [0, 2, 3, 1])), ElementType.Float, Graph.Compute);

    /// <inheritdoc/>
    public override string ToOutput(string x) => Graph.Cast(Graph.Node("Transpose", [x], NodeAttribute.Of("perm", [0, 3, 1, 2])), Graph.Compute, ElementType.Float);

    /// <inheritdoc/>
    protected override string AddVector(string x, string vector) => Add(x, Graph.Node("Unsqueeze", [vector, Graph.Integers(1, 2)]));

    /// <summary>A convolution, the channels last in image and weight.</summary>
    protected virtual string Convolve(string x, string weight, string bias, NodeAttribute strides, NodeAttribute pads) => Graph.MicrosoftNode("NhwcConv", [x, weight, bias], strides, pads);

    /// <summary>Group normalization of an image and a vector, <c>[batch, channels]</c>, that is added first or is not.</summary>
    protected virtual string Normalize(string x, string scale, string shift, string? added, float epsilon, bool hasSilu)
    {
        ReadOnlySpan<NodeAttribute> attributes =
        [
            NodeAttribute.Of("groups", Groups), NodeAttribute.Of("epsilon", epsilon), NodeAttribute.Of("activation", hasSilu ? 1 : 0), NodeAttribute.Of("channels_last", 1),
        ];
        return added is null ? Graph.MicrosoftNode("GroupNorm", [x, scale, shift], attributes) : Graph.MicrosoftNode("SkipGroupNorm", [x, scale, shift, added], attributes);
    }

    /// <summary>Adds a bias, and takes the first half times the GELU of the second.</summary>
    protected virtual string SplitGelu(string x, string bias) => Graph.MicrosoftNode("BiasSplitGelu", [x, bias]);

    private string FloatVector(string name) => Graph.FloatWeight(Checkpoint.Require(name, 1));
}
