using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>JSON that is passed on as it is, lone surrogates included: what the client gave along comes back to it letter by letter.</summary>
internal sealed class ElementConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc/>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
    {
        if (value.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
    }
}
