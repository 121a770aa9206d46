using System.Text;
using System.Text.Json;
using StreamJsonRpc;

namespace Kohaku.LanguageServer.Transport;

/// <summary>The outside of a message: what stands at its top level.</summary>
/// <param name="Fault">Why it is no message; null where it is one.</param>
/// <param name="Rewritten">
/// The same with one argument: the formatter counts them, and a method that takes one would not be found. <c>params</c> that are missing or null become an object; what is no object, which
/// the formatter refuses without a word to whoever waits for the answer, becomes the one argument, so that the method says what it takes.
/// </param>
internal readonly record struct Envelope(string? Fault, byte[]? Rewritten)
{
    /// <summary>The id of a request, where it has one that can be answered to; null for all else.</summary>
    public RequestId? Id { get; private init; }

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
        RequestId? id = null;
        (int Start, int End)? parameters = null;
        var isWrong = false;
        var isNull = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("method"u8)) hasMethod = true;
            if (reader.ValueTextEquals("result"u8) || reader.ValueTextEquals("error"u8)) isAnswer = true;
            var (isId, isParams) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("params"u8));
            reader.Read();
            if (isId) id = IdOf(ref reader);
            var start = (int)reader.TokenStartIndex;
            if (isParams) (isNull, isWrong) = (reader.TokenType == JsonTokenType.Null, reader.TokenType != JsonTokenType.StartObject && !IsOneArgument(reader));
            reader.Skip();
            if (isParams) parameters = (start, (int)reader.BytesConsumed);
        }

        // What follows the object is no part of the message; reading on tells.
        if (reader.Read()) return new Envelope("more than one value stands in the message", null);
        if (!hasMethod && !isAnswer) return new Envelope("the message has neither a method nor a result", null) { Id = id };
        if (!hasMethod) return default;
        if (parameters is not { } place) return new Envelope(null, Added(body)) { Id = id };

        return new Envelope(null, isNull ? Replaced(body, place, "{}"u8, ""u8, ""u8) : isWrong ? Replaced(body, place, "["u8, body[place.Start..place.End], "]"u8) : null) { Id = id };
    }

    private static RequestId? IdOf(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new RequestId(reader.GetString()),
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new RequestId(number),
        _ => null,
    };

    // A copy of the reader: it goes no further for being looked at.
    private static bool IsOneArgument(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return false;

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            count++;
            reader.Skip();
        }

        return count == 1;
    }

    private static byte[] Replaced(ReadOnlySpan<byte> body, (int Start, int End) place, ReadOnlySpan<byte> before, ReadOnlySpan<byte> kept, ReadOnlySpan<byte> after) =>
        [.. body[..place.Start], .. before, .. kept, .. after, .. body[place.End..]];

    private static byte[] Added(ReadOnlySpan<byte> body)
    {
        var end = body.LastIndexOf((byte)'}');
        return [.. body[..end], .. Encoding.ASCII.GetBytes(",\"params\":{}}")];
    }
}
