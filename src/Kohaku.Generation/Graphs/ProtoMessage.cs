using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;

namespace Kohaku.Generation.Graphs;

/// <summary>A protobuf message in the writing: fields by number, as onnx.proto (github.com/onnx/onnx) counts them.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Both streams are memory and nothing else.")]
internal sealed class ProtoMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public ProtoMessage() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    public ProtoMessage Integer(int field, long value)
    {
        _output.WriteTag(field, WireFormat.WireType.Varint);
        _output.WriteInt64(value);
        return this;
    }

    public ProtoMessage Single(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    public ProtoMessage Text(int field, string value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteString(value);
        return this;
    }

    public ProtoMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    public ProtoMessage Message(int field, ProtoMessage value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        value._output.Flush();
        var length = (int)value._bytes.Length;
        _output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value._bytes.GetBuffer().AsMemory(0, length)));
        return this;
    }

    public byte[] ToArray()
    {
        _output.Flush();
        return _bytes.ToArray();
    }
}
