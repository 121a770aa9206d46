using System.Globalization;
using Newtonsoft.Json;

namespace Kohaku.Files;

/// <summary>Reads a workflow's JSON into values that know where their strings stand.</summary>
/// <remarks>
/// The tokens are Newtonsoft's, for their line numbers; its own tree (<c>JToken</c>) would bring 8.5 MB of serializer and data binding into the native program.
/// </remarks>
internal static class ComfyReader
{
    // Deeper than any workflow, and no danger to the stack.
    private const int DeepestNesting = 128;

    /// <summary>The value of a whole text.</summary>
    /// <exception cref="JsonReaderException">It is no JSON.</exception>
    public static ComfyValue Read(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None, Culture = CultureInfo.InvariantCulture, MaxDepth = DeepestNesting };
        if (!Next(reader)) throw Failure(reader, "the file is empty");

        var root = Value(reader);

        // Throws where text stands behind it.
        Next(reader);
        return root;
    }

    private static ComfyValue Value(JsonTextReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonToken.StartObject:
                return Object(reader);

            case JsonToken.StartArray:
                var items = new List<ComfyValue>();
                while (NextInside(reader) != JsonToken.EndArray) items.Add(Value(reader));
                return new ComfyValue { Items = items };

            case JsonToken.String:
                return new ComfyValue { Text = (string)reader.Value!, End = new LinePosition(reader.LineNumber, reader.LinePosition) };

            case JsonToken.Integer:
                return new ComfyValue
                {
                    Text = Convert.ToString(reader.Value, CultureInfo.InvariantCulture),
                    Number = reader.Value is long value and >= 0 and < int.MaxValue ? (int)value : null,
                };

            case JsonToken.Float or JsonToken.Boolean or JsonToken.Null or JsonToken.Undefined:
                return new ComfyValue();

            default:
                throw Failure(reader, "no JSON value");
        }
    }

    private static ComfyValue Object(JsonTextReader reader)
    {
        var members = new OrderedDictionary<string, ComfyValue>();
        while (NextInside(reader) != JsonToken.EndObject)
        {
            var name = (string)reader.Value!;
            NextInside(reader);
            members[name] = Value(reader);
        }

        return new ComfyValue { Members = members };
    }

    private static bool Next(JsonTextReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment) return true;
        }

        return false;
    }

    private static JsonToken NextInside(JsonTextReader reader) => Next(reader) ? reader.TokenType : throw Failure(reader, "the file ends inside a bracket");

    private static JsonReaderException Failure(JsonTextReader reader, string message) => new(message, "", reader.LineNumber, reader.LinePosition, null);
}
