namespace Kohaku.Analysis.Configuration.Json;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}

/// <summary>A JSON value and where it begins.</summary>
internal sealed class JsonNode(JsonKind kind, int start)
{
    public JsonKind Kind { get; } = kind;

    /// <summary>Offset of its first character.</summary>
    public int Start { get; } = start;

    /// <summary>A string's characters, or a number as it was written.</summary>
    public string Text { get; init; } = "";

    /// <summary>A number's value.</summary>
    public double Number { get; init; }

    /// <summary>A boolean's value.</summary>
    public bool Boolean { get; init; }

    /// <summary>An array's values.</summary>
    public List<JsonNode> Items { get; } = [];

    /// <summary>An object's members, as they were written, repeated names included.</summary>
    public List<JsonMember> Members { get; } = [];

    /// <summary>What it is, in words for messages.</summary>
    public string Described => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => Boolean ? "true" : "false",
        JsonKind.Number => Text,
        JsonKind.String => $"\"{Text}\"",
        JsonKind.Array => "a list",
        _ => "an object",
    };
}

/// <summary>One name and value of a JSON object.</summary>
/// <param name="Name">Without quotes.</param>
/// <param name="Start">Offset of the name's quote.</param>
/// <param name="Value">What it has.</param>
internal readonly record struct JsonMember(string Name, int Start, JsonNode Value);
