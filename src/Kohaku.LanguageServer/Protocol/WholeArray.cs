using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>Arrays of which each element is there: what a client sends with <c>null</c> in it is refused like any other value of a wrong type.</summary>
/// <remarks>The serializer holds properties to what is nullable, and elements not.</remarks>
/// <typeparam name="T">The elements.</typeparam>
internal sealed class WholeArray<T> : JsonConverter<T[]>
    where T : class
{
    /// <inheritdoc/>
    public override T[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();

        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        var elements = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            elements.Add(JsonSerializer.Deserialize(ref reader, type) ?? throw new JsonException($"element {elements.Count} is null"));
        return [.. elements];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T[] value, JsonSerializerOptions options)
    {
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        writer.WriteStartArray();
        foreach (var element in value) JsonSerializer.Serialize(writer, element, type);
        writer.WriteEndArray();
    }
}
