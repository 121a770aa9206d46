using System.Globalization;
using System.Numerics;
using Newtonsoft.Json;

namespace Kohaku.Analysis.Configuration.Json;

/// <summary>JSON that people write: comments and trailing commas are welcome, and every value knows where it stands.</summary>
internal sealed class JsonText
{
    /// <summary>No configuration needs more; a hostile one could otherwise exhaust the stack.</summary>
    public const int DeepestNesting = 32;

    private readonly string text;
    private readonly List<int> lineStarts = [0];

    private JsonText(string text)
    {
        this.text = text;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) lineStarts.Add(i + 1);
        }
    }

    /// <summary>The value, or null where the text is no JSON.</summary>
    public JsonNode? Root { get; private set; }

    /// <summary>Why there is no value.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Where that was found.</summary>
    public (int Line, int Column) ErrorPlace { get; private set; }

    /// <summary>Reads a text; never throws for what stands in it.</summary>
    public static JsonText Read(string text)
    {
        var json = new JsonText(text.StartsWith('\uFEFF') ? text[1..] : text);
        using var reader = new JsonTextReader(new StringReader(json.text))
        {
            MaxDepth = DeepestNesting,
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Double,
            Culture = CultureInfo.InvariantCulture,
        };
        try
        {
            json.Root = json.ReadWhole(reader);
        }
        catch (JsonReaderException exception)
        {
            json.Error = Fact(exception);
            json.ErrorPlace = json.Within(exception.LineNumber, exception.LinePosition);
        }

        return json;
    }

    /// <summary>Line and column, from 1, in UTF-16 units.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var line = lineStarts.BinarySearch(offset);
        if (line < 0) line = ~line - 1;
        return (line + 1, offset - lineStarts[line] + 1);
    }

    private JsonNode? ReadWhole(JsonTextReader reader)
    {
        if (!Next(reader))
        {
            Error = "the file is empty; the smallest configuration is {}";
            ErrorPlace = (1, 1);
            return null;
        }

        var root = ReadValue(reader);
        return Next(reader) ? throw Unexpected(reader) : root;
    }

    private JsonNode ReadValue(JsonTextReader reader)
    {
        var end = Offset(reader);
        switch (reader.TokenType)
        {
            case JsonToken.StartObject:
                return ReadMembers(reader, new JsonNode(JsonKind.Object, end - 1));

            case JsonToken.StartArray:
                var array = new JsonNode(JsonKind.Array, end - 1);
                while (NextInside(reader) && reader.TokenType != JsonToken.EndArray) array.Items.Add(ReadValue(reader));
                return array;

            case JsonToken.String:
                return new JsonNode(JsonKind.String, StartOfString(end)) { Text = (string)reader.Value! };

            case JsonToken.Integer or JsonToken.Float:
                var start = StartOfWord(end);
                return new JsonNode(JsonKind.Number, start) { Text = text[start..end], Number = ToDouble(reader.Value!) };

            case JsonToken.Boolean:
                return new JsonNode(JsonKind.Boolean, StartOfWord(end)) { Boolean = (bool)reader.Value! };

            case JsonToken.Null:
                return new JsonNode(JsonKind.Null, StartOfWord(end));

            default:
                throw Unexpected(reader);
        }
    }

    private JsonNode ReadMembers(JsonTextReader reader, JsonNode node)
    {
        while (NextInside(reader) && reader.TokenType != JsonToken.EndObject)
        {
            if (reader.TokenType != JsonToken.PropertyName) throw Unexpected(reader);

            var name = (string)reader.Value!;
            var start = StartOfName(Offset(reader));
            if (!NextInside(reader)) break;
            node.Members.Add(new JsonMember(name, start, ReadValue(reader)));
        }

        return node;
    }

    private static bool Next(JsonTextReader reader)
    {
        while (reader.Read())
        {
            if (reader.TokenType != JsonToken.Comment) return true;
        }

        return false;
    }

    private static bool NextInside(JsonTextReader reader) =>
        Next(reader) ? true : throw new JsonReaderException("the file ends inside a bracket", "", reader.LineNumber, reader.LinePosition, null);

    private static JsonReaderException Unexpected(JsonTextReader reader) =>
        new("this is no JSON value", "", reader.LineNumber, reader.LinePosition, null);

    private int Offset(JsonTextReader reader) => Math.Min(text.Length, lineStarts[reader.LineNumber - 1] + reader.LinePosition);

    // Behind a last CR LF the reader counts one line more than there is, and in a word that ends early the columns of the lines behind it.
    private (int Line, int Column) Within(int line, int column)
    {
        line = Math.Clamp(line, 1, lineStarts.Count);
        var start = lineStarts[line - 1];
        var end = line < lineStarts.Count ? lineStarts[line] : text.Length;
        while (end > start && text[end - 1] is '\r' or '\n') end--;
        return (line, Math.Clamp(column, 1, end - start + 1));
    }

    // The reader tells where a token ends; where it begins is found by walking back over it.
    private int StartOfName(int end)
    {
        var at = end - 1;
        while (at > 0 && (text[at] == ':' || char.IsWhiteSpace(text[at]))) at--;
        return text[at] is '"' or '\'' ? StartOfString(at + 1) : StartOfWord(at + 1);
    }

    private int StartOfString(int end)
    {
        var quote = text[end - 1];
        var at = end - 2;
        while (at > 0 && (text[at] != quote || IsEscaped(at))) at--;
        return Math.Max(0, at);
    }

    private bool IsEscaped(int at)
    {
        var backslashes = 0;
        while (at - backslashes > 0 && text[at - backslashes - 1] == '\\') backslashes++;
        return backslashes % 2 == 1;
    }

    private int StartOfWord(int end)
    {
        var at = end;
        while (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '+' or '-' or '.' or '_' or '$')) at--;
        return at;
    }

    private static double ToDouble(object value) => value switch
    {
        long whole => whole,
        double number => number,
        BigInteger large => (double)large,
        _ => double.NaN,
    };

    private static string Fact(JsonReaderException exception)
    {
        if (exception.Message.Contains("MaxDepth", StringComparison.Ordinal)) return $"brackets nest deeper than {DeepestNesting}";

        // "Unexpected character … . Path 'a.b', line 1, position 5.": the place is said already.
        var message = exception.Message;
        var path = message.IndexOf(" Path '", StringComparison.Ordinal);
        return (path > 0 ? message[..path] : message).TrimEnd('.');
    }
}
