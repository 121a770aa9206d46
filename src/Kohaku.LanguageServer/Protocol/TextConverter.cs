using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kohaku.LanguageServer.Protocol;

/// <summary>Strings as JavaScript has them: a lone surrogate, as an edit inside an emoji leaves it, is read and written as its escape.</summary>
/// <remarks>The serializer's own converter throws on reading one and writes U+FFFD for it, which would change the user's text.</remarks>
internal sealed class TextConverter : JsonConverter<string>
{
    private const int EscapeLength = 6;

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!reader.ValueIsEscaped) return reader.GetString();

        var raw = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray();
        return HasSurrogateEscape(raw) ? Unescape(raw) : reader.GetString();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (FirstLoneSurrogate(value) < 0)
        {
            writer.WriteStringValue(value);
            return;
        }

        writer.WriteRawValue(Escape(value), skipInputValidation: true);
    }

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options)!;

    /// <inheritdoc/>
    /// <remarks>Names are URIs, which hold no surrogates; without this, only the reflecting serializer could write them.</remarks>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    private static bool HasSurrogateEscape(ReadOnlySpan<byte> raw) => raw.IndexOf("\\ud"u8) >= 0 || raw.IndexOf("\\uD"u8) >= 0;

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (!raw.IsEmpty)
        {
            var slash = raw.IndexOf((byte)'\\');
            text.Append(Encoding.UTF8.GetString(slash < 0 ? raw : raw[..slash]));
            if (slash < 0) break;

            raw = raw[slash..];
            text.Append((char)raw[1] switch
            {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)ushort.Parse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            raw = raw[(raw[1] == 'u' ? EscapeLength : 2)..];
        }

        return text.ToString();
    }

    /// <summary>Where the first half of a character stands that lacks its other half; negative where all are whole.</summary>
    public static int FirstLoneSurrogate(ReadOnlySpan<char> value)
    {
        for (var i = value.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i])) continue;
            if (!char.IsHighSurrogate(value[i]) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1])) return i;
            i++;
        }

        return -1;
    }

    private static string Escape(string value)
    {
        var json = new StringBuilder(value.Length + 16).Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\') json.Append('\\').Append(c);
            else if (c < ' ' || char.IsSurrogate(c)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else json.Append(c);
        }

        return json.Append('"').ToString();
    }
}
