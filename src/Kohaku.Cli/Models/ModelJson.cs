using System.Text.Encodings.Web;
using System.Text.Json;
using Kohaku.Jobs;
using Kohaku.Jobs.Models;
using Kohaku.Syntax.Tokens;

namespace Kohaku.Cli.Models;

/// <summary>Models for programs: JSON Lines, an object each. What is not known, or has no meaning for the kind, is left out.</summary>
internal sealed class ModelJson : IDisposable
{
    private readonly BufferedStream _output;
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to a stream.</summary>
    public ModelJson(Stream output)
    {
        _output = new BufferedStream(output, 64 * 1024);
        _json = new Utf8JsonWriter(_output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Writes what a file or folder is, on a line.</summary>
    /// <param name="facts">What is known of it.</param>
    /// <param name="isWhole">Whether with tensors, training and metadata.</param>
    public void Write(ModelFacts facts, bool isWhole)
    {
        _json.WriteStartObject();
        Text("path", facts.Path);
        _json.WriteString("kind", Word(facts.Kind));
        Text("family", facts.Family);
        Text("title", facts.Title);
        _json.WriteNumber("bytes", facts.Bytes);
        Text("prediction", facts.Prediction);
        if (facts.HasVae is { } hasVae) _json.WriteBoolean("vae", hasVae);
        if (isWhole) WriteRest(facts);
        Findings(facts.Findings);
        End();
    }

    /// <summary>Writes why one could not be looked at, on a line.</summary>
    public void Write(string path, ModelFinding problem)
    {
        _json.WriteStartObject();
        Text("path", path);
        Findings([problem]);
        End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _output.Dispose();
    }

    private static string Word(ModelKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private void WriteRest(ModelFacts facts)
    {
        Text("part", facts.Part);
        Text("storedSha256", facts.StoredHash);
        if (facts.Tensors > 0)
        {
            _json.WriteNumber("tensors", facts.Tensors);
            _json.WriteNumber("parameters", facts.Parameters);
            _json.WriteStartObject("types");
            foreach (var (type, parameters) in facts.Types) _json.WriteNumber(type, parameters);
            _json.WriteEndObject();
        }

        if (facts.Size is { } size)
        {
            _json.WriteStartObject("memory");
            _json.WriteNumber("cpu", MemoryEstimate.OfUsual(size, DeviceKind.Cpu).Peak);
            _json.WriteNumber("cuda", MemoryEstimate.OfUsual(size, DeviceKind.Cuda).Peak);
            _json.WriteEndObject();
        }

        if (facts.Training is { } training)
        {
            _json.WriteStartObject("training");
            Text("algorithm", training.Algorithm);
            Text("rank", training.Rank);
            Text("alpha", training.Alpha);
            _json.WriteStartObject("tags");
            foreach (var (tag, count) in facts.Tags) _json.WriteNumber(WellFormedText.Of(tag), count);
            _json.WriteEndObject();
            _json.WriteEndObject();
        }

        _json.WriteStartObject("metadata");
        foreach (var (key, value) in facts.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal)) _json.WriteString(WellFormedText.Of(key), WellFormedText.Of(value));
        _json.WriteEndObject();
    }

    private void Findings(IReadOnlyList<ModelFinding> findings)
    {
        _json.WriteStartArray("findings");
        foreach (var finding in findings)
        {
            _json.WriteStartObject();
            _json.WriteString("severity", finding.IsError ? "error" : "warning");
            Text("message", finding.Message);
            Text("help", finding.Help);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void Text(string name, string? value)
    {
        if (value is not null) _json.WriteString(name, WellFormedText.Of(value));
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _output.WriteByte((byte)'\n');
    }
}
