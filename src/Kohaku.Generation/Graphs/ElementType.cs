namespace Kohaku.Generation.Graphs;

/// <summary>Element types by their numbers in ONNX's <c>TensorProto.DataType</c>.</summary>
internal enum ElementType
{
    Float = 1,
    Int64 = 7,
    Bool = 9,
    Half = 10,
    BFloat16 = 16,
}
