using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Graphs;

namespace Kohaku.Generation.Tests.Graphs;

/// <summary>The CUDA dialect with the operators that the processor lacks (NhwcConv, GroupNorm, SkipGroupNorm, BiasSplitGelu) said in standard ones, by what their schemas say they do.</summary>
internal sealed class CudaStandIns(GraphBuilder graph, Checkpoint checkpoint) : CudaLayers(graph, checkpoint)
{
    protected override string Convolve(string x, string weight, string bias, NodeAttribute strides, NodeAttribute pads) =>
        Last(Graph.Node("Conv", [First(x), First(weight), bias], strides, pads));

    protected override string Normalize(string x, string scale, string shift, string? added, float epsilon, bool hasSilu)
    {
        if (added is not null) x = Add(x, Graph.Node("Unsqueeze", [added, Graph.Integers(1, 2)]));
        var first = First(x);
        var ones = Graph.Once("ones", () => Same(Graph.Floats([Groups], [.. Enumerable.Repeat(1f, Groups)])));
        var zeros = Graph.Once("zeros", () => Same(Graph.Floats([Groups], new float[Groups])));
        var groups = Graph.Node("InstanceNormalization", [Graph.Node("Reshape", [first, Graph.Integers(0, Groups, -1)]), ones, zeros], NodeAttribute.Of("epsilon", epsilon));
        var normal = Last(Graph.Node("Reshape", [groups, Sides(first, 0, 4)]));
        var scaled = Add(Graph.Node("Mul", [normal, Same(scale)]), Same(shift));
        return hasSilu ? Silu(scaled) : scaled;
    }

    protected override string SplitGelu(string x, string bias)
    {
        var (left, right) = (Graph.Fresh("Split"), Graph.Fresh("Split"));
        Graph.Node("Split", [Add(x, bias)], [left, right], NodeAttribute.Of("axis", -1), NodeAttribute.Of("num_outputs", 2));
        return Graph.Node("Mul", [left, Gelu(right)]);
    }

    // The operators take fp32 beside fp16; the standard ones take one type.
    private string Same(string x) => Graph.Cast(x, ElementType.Float, Graph.Compute);

    private string First(string x) => Graph.Node("Transpose", [x], NodeAttribute.Of("perm", [0, 3, 1, 2]));

    private string Last(string x) => Graph.Node("Transpose", [x], NodeAttribute.Of("perm", [0, 2, 3, 1]));
}
