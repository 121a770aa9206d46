using System.Text.Json;

namespace Kohaku.Files;

/// <summary>Reads the JSON of a header that may be hostile: every number is checked before it is believed.</summary>
internal sealed class SafetensorsParser(long dataStart, long fileLength)
{
    private const int MostDimensions = 16;

    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<TensorInfo> tensors = [];

    /// <summary>The header, or null and what is wrong with it. Throws <see cref="JsonException"/> where it is no JSON.</summary>
    public SafetensorsHeader? Parse(ReadOnlySpan<byte> json, out string? error)
    {
        var reader = new Utf8JsonReader(json);
        var names = new HashSet<string>(StringComparer.Ordinal);
        error = reader.Read() && reader.TokenType == JsonTokenType.StartObject ? null : "its header is no JSON object";
        while (error is null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (!names.Add(name)) error = $"tensor {Shown(name)} stands in its header twice";
            else error = name == "__metadata__" ? Metadata(ref reader) : Tensor(ref reader, name);
        }

        if (error is null && reader.Read()) error = "its header has more than one value";
        error ??= Overlap();
        return error is null ? new SafetensorsHeader(metadata, tensors) : null;
    }

    private string? Metadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return "its metadata is no object";

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) return $"its metadata {Shown(name)} is no string";
            metadata[name] = reader.GetString()!;
        }

        return null;
    }

    private string? Tensor(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return $"tensor {Shown(name)} is no object";

        string? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("dtype"u8);
            var isShape = reader.ValueTextEquals("shape"u8);
            var isOffsets = reader.ValueTextEquals("data_offsets"u8);
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String) type = reader.GetString();
            else if (isShape) shape = Numbers(ref reader);
            else if (isOffsets) offsets = Numbers(ref reader);
            else reader.Skip();
        }

        if (type is null || shape is null || offsets is not [var begin, var end]) return $"tensor {Shown(name)} lacks dtype, shape or data_offsets";
        if (Bits(type) is not { } bits) return $"tensor {Shown(name)} has the unknown type {Shown(type)}";
        if (begin > end || end > fileLength - dataStart) return $"the data of tensor {Shown(name)} lies outside the file";
        if (!Fits(shape, bits, end - begin)) return $"tensor {Shown(name)} has {end - begin} bytes, which is not its shape times its type";

        tensors.Add(new TensorInfo(name, type, shape, dataStart + begin, end - begin));
        return null;
    }

    // Null where it is no list of natural numbers.
    private static long[]? Numbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var numbers = new List<long>();
        var isValid = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            isValid &= reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0 && numbers.Count < MostDimensions;
            if (isValid) numbers.Add(reader.GetInt64());
            else reader.Skip();
        }

        return isValid ? [.. numbers] : null;
    }

    private static bool Fits(long[] shape, int bits, long length)
    {
        var size = (UInt128)bits;
        foreach (var side in shape)
        {
            size *= (ulong)side;
            // A file has fewer bits than this; the product of two such numbers still fits.
            if (size > ulong.MaxValue) return Array.IndexOf(shape, 0) >= 0 && length == 0;
        }

        return size == (UInt128)length * 8;
    }

    private string? Overlap()
    {
        tensors.Sort(static (a, b) => a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : a.Length.CompareTo(b.Length));
        for (var i = 1; i < tensors.Count; i++)
        {
            if (tensors[i].Offset < tensors[i - 1].Offset + tensors[i - 1].Length) return $"tensors {Shown(tensors[i - 1].Name)} and {Shown(tensors[i].Name)} overlap";
        }

        return null;
    }

    private static int? Bits(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or "F32" => 32,
        "U64" or "I64" or "F64" or "C64" => 64,
        _ => null,
    };

    private static string Shown(string name) => name.Length <= 80 ? name : $"{name[..80]}…";
}
