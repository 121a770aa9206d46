using System.Globalization;
using System.Runtime.InteropServices;
using Kohaku.Generation.Checkpoints;

namespace Kohaku.Generation.Graphs;

/// <summary>Writes an ONNX model whose weights stay where they are: external data inside the checkpoint's own file.</summary>
/// <param name="name">What the model is, for messages.</param>
/// <param name="compute">What weights are converted to and the model computes in.</param>
internal sealed class GraphBuilder(string name, ElementType compute)
{
    /// <summary>Gelu came with 20; DirectML follows up to there.</summary>
    private const int Opset = 20;

    /// <summary>The version of the format that goes with <see cref="Opset"/>.</summary>
    private const int IrVersion = 9;

    private readonly ProtoMessage _graph = new();
    private readonly List<Initializer> _weights = [];
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private int _values;
    private bool _isMapped = true;

    private sealed record Initializer(string Name, CheckpointTensor Tensor, long[] Shape, long Offset, long Length);

    /// <summary>What the model computes in.</summary>
    public ElementType Compute { get; } = compute;

    /// <summary>Declares an input.</summary>
    public string Input(string input, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        _graph.Message(11, ValueInfo(input, type, shape));
        return input;
    }

    /// <summary>Declares a value to be an output.</summary>
    public void Output(string value, string output, ElementType type, params ReadOnlySpan<Dimension> shape)
    {
        Node("Identity", [value], [output]);
        _graph.Message(12, ValueInfo(output, type, shape));
    }

    /// <summary>Adds a node with one output and returns that.</summary>
    public string Node(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        var output = Fresh(op);
        Node(op, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node of Microsoft's operators with one output and returns that.</summary>
    public string MicrosoftNode(string op, ReadOnlySpan<string> inputs, params ReadOnlySpan<NodeAttribute> attributes)
    {
        var output = Fresh(op);
        Add(op, "com.microsoft", inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node.</summary>
    public void Node(string op, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params ReadOnlySpan<NodeAttribute> attributes) => Add(op, "", inputs, outputs, attributes);

    /// <summary>Adds a node of Microsoft's operators.</summary>
    public void MicrosoftNode(string op, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, params ReadOnlySpan<NodeAttribute> attributes) =>
        Add(op, "com.microsoft", inputs, outputs, attributes);

    /// <summary>A name for a value that nothing has yet.</summary>
    public string Fresh(string op) => string.Create(CultureInfo.InvariantCulture, $"{op}_{_values++}");

    /// <summary>A tensor of the checkpoint in the type that the model computes in.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="shape">How its values are seen; row-major, as many as it has.</param>
    public string Weight(CheckpointTensor tensor, params ReadOnlySpan<long> shape) => Rows(tensor, 0, tensor.Shape.Length == 0 ? 1 : tensor.Shape[0], shape);

    /// <summary>A tensor of the checkpoint in fp32, whatever the model computes in.</summary>
    public string FloatWeight(CheckpointTensor tensor) => Cast(Raw(tensor), tensor.Element, ElementType.Float);

    /// <summary>Some rows of a tensor of the checkpoint in the type that the model computes in.</summary>
    public string Rows(CheckpointTensor tensor, long first, long count, params ReadOnlySpan<long> shape)
    {
        var raw = Raw(tensor, first, count, shape);
        _isMapped &= tensor.Element == Compute;
        return Cast(raw, tensor.Element, Compute);
    }

    /// <summary>A tensor of the checkpoint in its own type.</summary>
    public string Raw(CheckpointTensor tensor) => Raw(tensor, 0, tensor.Shape[0], tensor.Shape);

    /// <summary>Converts a value, once.</summary>
    public string Cast(string value, ElementType from, ElementType to)
    {
        if (from == to) return value;

        return Once($"{value}→{to}", () => Node("Cast", [value], NodeAttribute.Of("to", (long)to)));
    }

    /// <summary>A value that is made once and used often.</summary>
    public string Once(string key, Func<string> make)
    {
        if (_known.TryGetValue(key, out var known)) return known;

        return _known[key] = make();
    }

    /// <summary>A list of whole numbers, as shapes and axes are.</summary>
    public string Integers(params ReadOnlySpan<long> values)
    {
        var copy = values.ToArray();
        return Once($"i{string.Join(',', copy)}", () => Constant(ElementType.Int64, [copy.Length], MemoryMarshal.AsBytes(copy.AsSpan())));
    }

    /// <summary>A scalar in the type the model computes in.</summary>
    public string Scalar(float value) => Once(string.Create(CultureInfo.InvariantCulture, $"f{value:R}"), () => Cast(Floats([], value), ElementType.Float, Compute));

    /// <summary>Numbers in fp32.</summary>
    public string Floats(ReadOnlySpan<long> shape, params ReadOnlySpan<float> values) => Constant(ElementType.Float, shape, MemoryMarshal.AsBytes(values));

    /// <summary>The model, written.</summary>
    public OnnxModel Build()
    {
        var folder = FileFolder.Common(_weights.Select(weight => weight.Tensor.File));
        foreach (var weight in _weights) _graph.Message(5, External(weight, folder));
        _graph.Text(2, name);
        var model = new ProtoMessage().Integer(1, IrVersion).Text(2, "kohaku").Message(7, _graph)
            .Message(8, new ProtoMessage().Text(1, "").Integer(2, Opset))
            .Message(8, new ProtoMessage().Text(1, "com.microsoft").Integer(2, 1));
        return new OnnxModel(name, model.ToArray(), folder, _isMapped);
    }

    private string Raw(CheckpointTensor tensor, long first, long count, ReadOnlySpan<long> shape)
    {
        if (tensor.IsMissing) return tensor.Name;

        var view = shape.ToArray();
        var rows = tensor.Shape.Length == 0 ? 1 : tensor.Shape[0];
        var rowLength = tensor.Length / rows;
        return Once(string.Create(CultureInfo.InvariantCulture, $"{tensor.Name}[{first}+{count}]:{string.Join('x', view)}"), () =>
        {
            var value = _weights.Count == 0 || !_known.ContainsKey("w" + tensor.Name) ? tensor.Name : Fresh(tensor.Name);
            _known["w" + tensor.Name] = value;
            _weights.Add(new Initializer(value, tensor, view, tensor.Offset + (first * rowLength), count * rowLength));
            return value;
        });
    }

    private void Add(string op, string domain, ReadOnlySpan<string> inputs, ReadOnlySpan<string> outputs, ReadOnlySpan<NodeAttribute> attributes)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs) node.Text(1, input);
        foreach (var output in outputs) node.Text(2, output);
        node.Text(3, outputs[^1]).Text(4, op);
        foreach (var attribute in attributes) node.Message(5, attribute.Message);
        if (domain.Length > 0) node.Text(7, domain);
        _graph.Message(1, node);
    }

    private string Constant(ElementType type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> bytes)
    {
        var constant = Fresh("constant");
        _graph.Message(5, Tensor(constant, type, shape).Bytes(9, bytes));
        return constant;
    }

    private static ProtoMessage External(Initializer weight, string folder)
    {
        var location = Path.GetRelativePath(folder, weight.Tensor.File).Replace(Path.DirectorySeparatorChar, '/');
        return Tensor(weight.Name, weight.Tensor.Element, weight.Shape).Integer(14, 1)
            .Message(13, Entry("location", location))
            .Message(13, Entry("offset", weight.Offset.ToString(CultureInfo.InvariantCulture)))
            .Message(13, Entry("length", weight.Length.ToString(CultureInfo.InvariantCulture)));
    }

    private static ProtoMessage Entry(string key, string value) => new ProtoMessage().Text(1, key).Text(2, value);

    private static ProtoMessage Tensor(string tensor, ElementType type, ReadOnlySpan<long> shape)
    {
        var message = new ProtoMessage();
        foreach (var side in shape) message.Integer(1, side);
        return message.Integer(2, (long)type).Text(8, tensor);
    }

    private static ProtoMessage ValueInfo(string value, ElementType type, ReadOnlySpan<Dimension> shape)
    {
        var sides = new ProtoMessage();
        foreach (var side in shape)
        {
            var dimension = new ProtoMessage();
            if (side.Symbol is { } symbol) dimension.Text(2, symbol);
            else dimension.Integer(1, side.Value);
            sides.Message(1, dimension);
        }

        return new ProtoMessage().Text(1, value).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Integer(1, (long)type).Message(2, sides)));
    }
}
