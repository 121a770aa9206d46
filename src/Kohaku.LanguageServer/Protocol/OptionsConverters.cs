using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>Options go only to clients that say they know them (<c>codeActionLiteralSupport</c>); the others get <c>true</c>.</summary>
internal sealed class CodeActionOptionsConverter : JsonConverter<CodeActionOptions>
{
    /// <inheritdoc/>
    public override CodeActionOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("capabilities are sent, never received");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, CodeActionOptions value, JsonSerializerOptions options)
    {
        if (value.CodeActionKinds is not { } kinds)
        {
            writer.WriteBooleanValue(true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("codeActionKinds"u8);
        foreach (var kind in kinds) writer.WriteStringValue(kind);
        writer.WriteEndArray();
        writer.WriteBoolean("resolveProvider"u8, value.ResolveProvider);
        writer.WriteEndObject();
    }
}

/// <summary>Options go only to clients that say they know them (<c>prepareSupport</c>); the others get <c>true</c>.</summary>
internal sealed class RenameOptionsConverter : JsonConverter<RenameOptions>
{
    /// <inheritdoc/>
    public override RenameOptions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("capabilities are sent, never received");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RenameOptions value, JsonSerializerOptions options)
    {
        if (!value.PrepareProvider)
        {
            writer.WriteBooleanValue(true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteBoolean("prepareProvider"u8, true);
        writer.WriteEndObject();
    }
}
