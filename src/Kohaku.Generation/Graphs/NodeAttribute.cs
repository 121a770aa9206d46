namespace Kohaku.Generation.Graphs;

/// <summary>An attribute of a node, written.</summary>
internal sealed class NodeAttribute
{
    private NodeAttribute(ProtoMessage message) => Message = message;

    public ProtoMessage Message { get; }

    public static NodeAttribute Of(string name, long value) => new(new ProtoMessage().Text(1, name).Integer(3, value).Integer(20, 2));

    public static NodeAttribute Of(string name, float value) => new(new ProtoMessage().Text(1, name).Single(2, value).Integer(20, 1));

    public static NodeAttribute Of(string name, string value) => new(new ProtoMessage().Text(1, name).Text(4, value).Integer(20, 3));

    public static NodeAttribute Of(string name, ReadOnlySpan<long> values)
    {
        var message = new ProtoMessage().Text(1, name);
        foreach (var value in values) message.Integer(8, value);
        return new NodeAttribute(message.Integer(20, 7));
    }
}
