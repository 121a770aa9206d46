using Kohaku.Generation.Checkpoints;
using Kohaku.Generation.Models;

namespace Kohaku.Generation.Graphs;

/// <summary>The layers that SDXL is made of, as nodes of a graph. Tokens are <c>[batch · tokens, channels]</c>; the layout of images is the dialect's own.</summary>
/// <param name="graph">Takes the nodes.</param>
/// <param name="checkpoint">Has the weights.</param>
internal abstract class Layers(GraphBuilder graph, Checkpoint checkpoint)
{
    /// <summary>Groups of every group normalization in SDXL.</summary>
    protected const int Groups = 32;

    /// <summary>The graph.</summary>
    public GraphBuilder Graph { get; } = graph;

    /// <summary>The weights.</summary>
    public Checkpoint Checkpoint { get; } = checkpoint;

    /// <summary><c>x · Wᵀ + b</c>, of tokens. A 1×1 convolution's weight is a linear one's with two sides more.</summary>
    public string Linear(string x, string name, bool hasBias = true)
    {
        var weight = Checkpoint.Require(name + ".weight", 2, 4);
        var w = Graph.Weight(weight, weight.Shape[0], Count(weight) / weight.Shape[0]);
        return hasBias ? Gemm(x, w, Vector(name + ".bias")) : Gemm(x, w, "");
    }

    /// <summary>One of the parts of a fused linear layer.</summary>
    public string LinearPart(string x, string weightName, string biasName, int part, int parts)
    {
        var weight = Checkpoint.Require(weightName, 2);
        var bias = Checkpoint.Require(biasName, 1);
        var rows = weight.Shape[0] / parts;
        return Gemm(x, Graph.Rows(weight, part * rows, rows, rows, weight.Shape[1]), Graph.Rows(bias, part * rows, rows, rows));
    }

    /// <summary>A vector of the checkpoint.</summary>
    public string Vector(string name)
    {
        var tensor = Checkpoint.Require(name, 1);
        return Graph.Weight(tensor, tensor.Shape);
    }

    /// <summary>Layer normalization of tokens, ε = 1e-5.</summary>
    public string LayerNorm(string x, string name) =>
        Graph.Node("LayerNormalization", [x, Vector(name + ".weight"), Vector(name + ".bias")], NodeAttribute.Of("axis", -1), NodeAttribute.Of("epsilon", 1e-5f));

    /// <summary>A sum, and its layer normalization.</summary>
    public virtual (string Sum, string Normal) AddLayerNorm(string x, string added, string name)
    {
        var sum = Add(x, added);
        return (sum, LayerNorm(sum, name));
    }

    /// <summary><c>x · sigmoid(x)</c>.</summary>
    public string Silu(string x) => Graph.Node("Mul", [x, Graph.Node("Sigmoid", [x])]);

    /// <summary><c>x · sigmoid(1.702 x)</c>.</summary>
    public string QuickGelu(string x) => Graph.Node("Mul", [x, Graph.Node("Sigmoid", [Graph.Node("Mul", [x, Graph.Scalar(1.702f)])])]);

    /// <summary>The exact one, with erf.</summary>
    public string Gelu(string x) => Graph.Node("Gelu", [x]);

    /// <summary>A linear layer to two halves, and the first times the GELU of the second.</summary>
    public virtual string GatedGelu(string x, string name, string batch)
    {
        var both = Linear(x, name);
        var (value, gate) = (Graph.Fresh("Split"), Graph.Fresh("Split"));
        Graph.Node("Split", [both], [value, gate], NodeAttribute.Of("axis", -1), NodeAttribute.Of("num_outputs", 2));
        return Graph.Node("Mul", [value, Gelu(gate)]);
    }

    /// <summary>Sum.</summary>
    public string Add(string a, string b) => Graph.Node("Add", [a, b]);

    /// <summary>A tensor's sides from one to another, as a value.</summary>
    public string Sides(string x, int from, int to) =>
        Graph.Once($"sides {x} {from} {to}", () => Graph.Node("Shape", [x], NodeAttribute.Of("start", from), NodeAttribute.Of("end", to)));

    /// <summary>A shape that begins with the batch.</summary>
    public string BatchShape(string batch, params ReadOnlySpan<long> rest)
    {
        var copy = rest.ToArray();
        return Graph.Once($"shape {batch} {string.Join(',', copy)}", () => Graph.Node("Concat", [batch, Graph.Integers(copy)], NodeAttribute.Of("axis", 0)));
    }

    /// <summary>Attention of tokens to tokens.</summary>
    /// <param name="q"><c>[batch · tokens, heads · size]</c>.</param>
    /// <param name="k"><c>[batch · others, heads · size]</c>.</param>
    /// <param name="v">As <paramref name="k"/>.</param>
    /// <param name="batch">The batch as a value, <c>[1]</c>.</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="size">Numbers a head.</param>
    /// <param name="mask">What is added to the scores, <c>[tokens, others]</c>; or <see langword="null"/>.</param>
    /// <returns>As <paramref name="q"/>.</returns>
    public abstract string Attention(string q, string k, string v, string batch, long heads, long size, string? mask = null);

    /// <summary>A convolution that keeps the size where its stride is 1.</summary>
    /// <param name="x">The image.</param>
    /// <param name="name">Of the weight and bias, without <c>.weight</c>.</param>
    /// <param name="stride">1 or 2.</param>
    /// <param name="padsEnd">Pads only below and to the right, as the VAE's encoder does.</param>
    public abstract string Convolution(string x, string name, int stride = 1, bool padsEnd = false);

    /// <summary>Group normalization, with SiLU behind it or not.</summary>
    public abstract string GroupNorm(string x, string name, float epsilon, bool hasSilu);

    /// <summary>Group normalization, with SiLU behind it, of an image and a vector for each entry of the batch, <c>[batch, channels]</c>, added.</summary>
    public virtual string AddGroupNorm(string x, string vector, string name, float epsilon) => GroupNorm(AddVector(x, vector), name, epsilon, hasSilu: true);

    /// <summary>An image of some channels as tokens, and the shape that leads back.</summary>
    public abstract (string Tokens, string Shape) ToTokens(string x, long channels);

    /// <summary>Tokens as the image they were.</summary>
    public abstract string FromTokens(string tokens, string shape);

    /// <summary>Twice as high and wide, nearest neighbour.</summary>
    public abstract string Upsample(string x);

    /// <summary>The channels of both.</summary>
    /// <param name="x">An image that may be a row or column larger: what comes of doubling a size that had been halved and rounded up. Nearest resizing, ⌊i·in/out⌋, then takes its beginning.</param>
    /// <param name="skip">The other image, whose size holds.</param>
    /// <param name="isResized">Whether <paramref name="x"/> may be larger.</param>
    public abstract string Join(string x, string skip, bool isResized);

    /// <summary>From the layout of inputs, <c>[batch, channels, height, width]</c> in fp32.</summary>
    public abstract string FromInput(string x);

    /// <summary>To the layout of outputs, <c>[batch, channels, height, width]</c> in fp32.</summary>
    public abstract string ToOutput(string x);

    /// <summary>Attention as one operator.</summary>
    protected string MultiHeadAttention(string q, string k, string v, string batch, long heads, long size, string? mask)
    {
        var shape = BatchShape(batch, -1, heads * size);
        string[] inputs = [Graph.Node("Reshape", [q, shape]), Graph.Node("Reshape", [k, shape]), Graph.Node("Reshape", [v, shape])];
        if (mask is not null) inputs = [.. inputs, "", "", Graph.Node("Unsqueeze", [mask, Graph.Integers(0, 1)])];
        return Graph.Node("Reshape", [Graph.MicrosoftNode("MultiHeadAttention", inputs, NodeAttribute.Of("num_heads", heads)), Graph.Integers(-1, heads * size)]);
    }

    /// <summary>Adds a vector for each entry of the batch, <c>[batch, channels]</c>, to an image.</summary>
    protected abstract string AddVector(string x, string vector);

    /// <summary>A sum and its layer normalization as one operator.</summary>
    protected (string Sum, string Normal) SkipLayerNormalization(string x, string added, string name)
    {
        var (sum, normal) = (Graph.Fresh("sum"), Graph.Fresh("normal"));
        // Mean and deviation are for training.
        Graph.MicrosoftNode("SkipLayerNormalization", [x, added, Vector(name + ".weight"), Vector(name + ".bias")], [normal, "", "", sum], NodeAttribute.Of("epsilon", 1e-5f));
        return (sum, normal);
    }

    /// <summary><c>x · wᵀ + bias</c>.</summary>
    protected string Gemm(string x, string w, string bias) =>
        bias.Length > 0 ? Graph.Node("Gemm", [x, w, bias], NodeAttribute.Of("transB", 1)) : Graph.Node("Gemm", [x, w], NodeAttribute.Of("transB", 1));

    /// <summary>How many heads of a size there are.</summary>
    /// <param name="name">The tensor that has the width, for the message.</param>
    /// <param name="width">Numbers of all heads.</param>
    /// <param name="size">Numbers a head.</param>
    /// <exception cref="ModelException">The one is no multiple of the other.</exception>
    public static long Heads(string name, long width, int size) =>
        width % size == 0 ? width / size : throw new ModelException($"Tensor {name} is {width} wide, which heads of {size} do not divide", "Name an SDXL checkpoint");

    /// <summary>How many numbers a tensor has.</summary>
    protected static long Count(CheckpointTensor tensor) => tensor.Shape.Aggregate(1L, (product, side) => product * side);
}
