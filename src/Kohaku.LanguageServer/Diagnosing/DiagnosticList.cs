using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>The findings of a document: those of its parts, one behind the other.</summary>
/// <param name="parts">Findings, and the first line of the part in the document.</param>
[JsonConverter(typeof(DiagnosticListConverter))]
internal sealed class DiagnosticList(IReadOnlyList<(WrittenFindings Findings, int Line)> parts)
{
    /// <summary>None.</summary>
    public static DiagnosticList None { get; } = new([]);

    /// <summary>How many findings these are.</summary>
    public int Count { get; } = parts.Sum(part => part.Findings.Count);

    /// <summary>Bytes of memory, about.</summary>
    public long Size => parts.Sum(part => (long)part.Findings.Size);

    /// <summary>Writes them as an array.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var (findings, line) in parts) findings.WriteTo(json, line);
        json.WriteEndArray();
    }
}

/// <summary>Lets answers hold a <see cref="DiagnosticList"/>.</summary>
internal sealed class DiagnosticListConverter : JsonConverter<DiagnosticList>
{
    /// <inheritdoc/>
    public override DiagnosticList Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("findings are sent, never received");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DiagnosticList value, JsonSerializerOptions options) => value.WriteTo(writer);
}
