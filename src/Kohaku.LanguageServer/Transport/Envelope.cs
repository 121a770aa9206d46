using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Kohaku.LanguageServer.Transport;

/// <summary>The outside of a message: what stands at its top level.</summary>
/// <param name="Fault">Why it is no message; null where it is one.</param>
/// <param name="Rewritten">
/// The same with <c>params</c> as an object, where it is missing or null: the formatter counts a message's arguments, and a method that takes one would not be found.
/// </param>
internal readonly record struct Envelope(string? Fault, byte[]? Rewritten)
{
    /// <summary>Looks at a message.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static Envelope Of(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read()) return new Envelope("the message is empty", null);
        if (reader.TokenType == JsonTokenType.StartArray) return new Envelope("the message is a batch; the protocol has none: send each by itself", null);
        if (reader.TokenType != JsonTokenType.StartObject) return new Envelope("the message is no object", null);

        var hasMethod = false;
        var isAnswer = false;
        var hasParams = false;
        var nullStart = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8)) hasMethod = true;
            if (reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8)) isAnswer = true;
            var isParams = reader.ValueTextEquals("params"u8);
            reader.Read();
            hasParams |= isParams;
            if (isParams && reader.TokenType == JsonTokenType.Null) nullStart = (int)reader.TokenStartIndex;
            reader.Skip();
        }

        // What follows the object is no part of the message; reading on tells.
        if (reader.Read()) return new Envelope("more than one value stands in the message", null);
        if (!hasMethod && !isAnswer) return new Envelope("the message has neither a method nor a result", null);
        if (!hasMethod || (hasParams && nullStart < 0)) return default;

        return new Envelope(null, nullStart >= 0 ? Replaced(body, nullStart) : Added(body));
    }

    private static byte[] Replaced(ReadOnlySpan<byte> body, int at)
    {
        var written = new ArrayBufferWriter<byte>(body.Length);
        written.Write(body[..at]);
        written.Write("{}"u8);
        written.Write(body[(at + "null".Length)..]);
        return written.WrittenSpan.ToArray();
    }

    private static byte[] Added(ReadOnlySpan<byte> body)
    {
        var end = body.LastIndexOf((byte)'}');
        return [.. body[..end], .. Encoding.ASCII.GetBytes(",\"params\":{}}")];
    }
}
