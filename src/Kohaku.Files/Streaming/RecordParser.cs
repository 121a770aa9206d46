using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Kohaku.Files;

/// <summary>Reads one JSON object a line: the prompt, the negative prompt and the id. One parser a thread; it keeps its buffers.</summary>
/// <remarks>
/// Only properties of the object itself count; of two with one name the last. Strings become UTF-16 as they are escaped, lone surrogates included.
/// A line that is no such object answers false and says why; no line makes it throw.
/// </remarks>
public sealed class RecordParser
{
    private readonly byte[] promptName;
    private readonly byte[] negativeName;
    private readonly string field;
    private readonly string negativeField;
    private readonly StringBuffer prompt = new();
    private readonly StringBuffer negative = new();
    private char[] name = [];

    /// <param name="field">The property that holds the prompt.</param>
    /// <param name="negativeField">The property that holds the negative prompt.</param>
    public RecordParser(string field = "prompt", string negativeField = "negative_prompt")
    {
        (this.field, this.negativeField) = (field, negativeField);
        promptName = Encoding.UTF8.GetBytes(field);
        negativeName = Encoding.UTF8.GetBytes(negativeField);
    }

    /// <summary>What is wrong with the last line, and what it should be; null where it was a record.</summary>
    public string? Error { get; private set; }

    /// <summary>The prompt of the last line; valid until the next.</summary>
    public ReadOnlySpan<char> Prompt => prompt.Text.Span;

    /// <summary>The prompt of the last line; valid until the next.</summary>
    public ReadOnlyMemory<char> PromptMemory => prompt.Text;

    /// <summary>Whether the last line had a negative prompt; <c>null</c> is none.</summary>
    public bool HasNegative { get; private set; }

    /// <summary>The negative prompt of the last line; valid until the next.</summary>
    public ReadOnlySpan<char> Negative => NegativeMemory.Span;

    /// <summary>The negative prompt of the last line; valid until the next.</summary>
    public ReadOnlyMemory<char> NegativeMemory => HasNegative ? negative.Text : default;

    /// <summary>Where in the line the prompt stands, quotes included.</summary>
    public ByteSpan PromptToken { get; private set; }

    /// <summary>Where in the line the negative prompt stands, quotes included.</summary>
    public ByteSpan NegativeToken { get; private set; }

    /// <summary>Where in the line the value of <c>id</c> stands, any JSON; empty without one.</summary>
    public ByteSpan IdToken { get; private set; }

    /// <summary>Reads a line without its line end.</summary>
    public bool TryParse(ReadOnlySpan<byte> line)
    {
        (HasNegative, PromptToken, NegativeToken, IdToken) = (false, default, default, default);
        var (promptEscapes, negativeEscapes) = (false, false);
        if (!Utf8.IsValid(line)) return Fail("invalid UTF-8; write the record as UTF-8");

        var cursor = new JsonCursor(line);
        if (!cursor.Take((byte)'{')) return Fail("no JSON object; a record is one object on one line");

        for (var first = true; !cursor.Take((byte)'}'); first = false)
        {
            if (!first && !cursor.Take((byte)',')) return Broken(cursor);
            if (!cursor.String(out var key, out var keyEscapes) || !cursor.Take((byte)':')) return Broken(cursor);

            var isString = cursor.Peek() == '"';
            var escapes = false;
            if (!(isString ? cursor.String(out var value, out escapes) : cursor.Value(out value))) return Broken(cursor);

            var name = line.Slice(key.Start + 1, key.Length - 2);
            if (Is(name, promptName, field, keyEscapes)) (PromptToken, promptEscapes) = (value, escapes);
            else if (Is(name, negativeName, negativeField, keyEscapes)) (NegativeToken, negativeEscapes) = (value, escapes);
            else if (Is(name, "id"u8, "id", keyEscapes)) IdToken = value;
        }

        if (cursor.Peek() != 0 || cursor.At < line.Length) return Broken(cursor);
        if (PromptToken.IsEmpty) return Fail($"no property \"{field}\"; name the prompt's property with --field");
        if (line[PromptToken.Start] != '"') return Fail($"\"{field}\" is no string; write the prompt as a string");

        if (!NegativeToken.IsEmpty && line[NegativeToken.Start] != 'n')
        {
            if (line[NegativeToken.Start] != '"') return Fail($"\"{negativeField}\" is no string; write the negative prompt as a string or null");
            HasNegative = true;
            negative.Decode(line.Slice(NegativeToken.Start + 1, NegativeToken.Length - 2), negativeEscapes);
        }

        prompt.Decode(line.Slice(PromptToken.Start + 1, PromptToken.Length - 2), promptEscapes);
        Error = null;
        return true;
    }

    private bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> utf8, string text, bool hasEscapes)
    {
        if (!hasEscapes) return key.SequenceEqual(utf8);

        if (name.Length < key.Length) name = new char[key.Length];
        return name.AsSpan(0, JsonString.Decode(key, name, hasEscapes: true)).SequenceEqual(text);
    }

    private bool Broken(in JsonCursor cursor) => Fail($"invalid JSON at byte {cursor.At + 1}; a record is one object on one line");

    private bool Fail(string error)
    {
        Error = error;
        return false;
    }

    private sealed class StringBuffer
    {
        private char[] units = new char[1024];

        public ReadOnlyMemory<char> Text { get; private set; }

        public void Decode(ReadOnlySpan<byte> raw, bool hasEscapes)
        {
            if (units.Length < raw.Length) units = new char[Math.Max(raw.Length, units.Length * 2)];
            Text = units.AsMemory(0, JsonString.Decode(raw, units, hasEscapes));
        }
    }
}
