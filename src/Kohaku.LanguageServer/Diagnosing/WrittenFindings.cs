using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Kohaku.LanguageServer.Protocol;

namespace Kohaku.LanguageServer.Diagnosing;

/// <summary>The findings of a part as JSON, but for the numbers of the lines: what an edit left alone is copied into the next answer, wherever its lines have moved, instead of being written anew.</summary>
/// <remarks>A library of 1 MB has some 20,000 findings, 15 MB of JSON; all of it goes to the client after every key.</remarks>
internal sealed class WrittenFindings
{
    private const int LongestNumber = 11;

    private readonly byte[] _json;
    private readonly (int At, int Line)[] _lines;

    private WrittenFindings(byte[] json, (int At, int Line)[] lines, int count) => (_json, _lines, Count) = (json, lines, count);

    /// <summary>None.</summary>
    public static WrittenFindings None { get; } = new([], [], 0);

    /// <summary>How many findings these are.</summary>
    public int Count { get; }

    /// <summary>Bytes of memory, about.</summary>
    public int Size => _json.Length + (_lines.Length * sizeof(long));

    // No string can hold this: its quotes would be escaped.
    private static ReadOnlySpan<byte> LineKey => "\"line\":"u8;

    /// <summary>Writes findings whose lines count from the part's first.</summary>
    public static WrittenFindings Of(IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.Count == 0) return None;

        var written = new ArrayBufferWriter<byte>(diagnostics.Count * 512);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartArray();
            foreach (var diagnostic in diagnostics) JsonSerializer.Serialize(json, diagnostic, ProtocolJson.Default.Diagnostic);
            json.WriteEndArray();
        }

        return Divided(written.WrittenSpan[1..^1], diagnostics.Count);
    }

    /// <summary>Reads them again.</summary>
    /// <param name="line">The part's first line in the document.</param>
    public Diagnostic[] Read(int line)
    {
        var written = new ArrayBufferWriter<byte>(_json.Length + 2);
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartArray();
            WriteTo(json, line);
            json.WriteEndArray();
        }

        return JsonSerializer.Deserialize(written.WrittenSpan, ProtocolJson.Default.DiagnosticArray)!;
    }

    /// <summary>Writes them as values of an array.</summary>
    /// <param name="json">Stands in an array.</param>
    /// <param name="line">The part's first line in the document.</param>
    public void WriteTo(Utf8JsonWriter json, int line)
    {
        if (Count == 0) return;

        var buffer = ArrayPool<byte>.Shared.Rent(_json.Length + (_lines.Length * LongestNumber));
        var (from, to) = (0, 0);
        foreach (var (at, own) in _lines)
        {
            _json.AsSpan(from, at - from).CopyTo(buffer.AsSpan(to));
            to += at - from;
            from = at;
            Utf8Formatter.TryFormat(own + line, buffer.AsSpan(to), out var digits);
            to += digits;
        }

        _json.AsSpan(from).CopyTo(buffer.AsSpan(to));
        json.WriteRawValue(buffer.AsSpan(0, to + _json.Length - from), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static WrittenFindings Divided(ReadOnlySpan<byte> written, int count)
    {
        var json = new byte[written.Length];
        var lines = new List<(int At, int Line)>();
        var to = 0;
        for (int next; (next = written.IndexOf(LineKey)) >= 0;)
        {
            var end = next + LineKey.Length;
            written[..end].CopyTo(json.AsSpan(to));
            to += end;
            if (!Utf8Parser.TryParse(written[end..], out int line, out var digits)) throw new InvalidOperationException("a line of a finding is no number");
            lines.Add((to, line));
            written = written[(end + digits)..];
        }

        written.CopyTo(json.AsSpan(to));
        return new WrittenFindings(json[..(to + written.Length)], [.. lines], count);
    }
}
