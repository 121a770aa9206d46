using System.Buffers;

namespace Kohaku.Files;

/// <summary>Goes over one JSON text in UTF-8, value by value, checking the grammar (RFC 8259) and decoding nothing.</summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> json)
{
    private const int DeepestNesting = 512;

    private static readonly SearchValues<byte> StringEnds = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(static unit => (byte)unit)]);

    private readonly ReadOnlySpan<byte> json = json;

    /// <summary>The offset of the next byte: where the grammar broke, after a failure.</summary>
    public int At { get; private set; }

    /// <summary>Steps over blanks and says what follows; 0 at the end.</summary>
    public byte Peek()
    {
        var at = At;
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        At = at;
        return at < json.Length ? json[at] : (byte)0;
    }

    /// <summary>Steps over a byte if it is the next one.</summary>
    public bool Take(byte expected)
    {
        if (Peek() != expected || At >= json.Length) return false;

        At++;
        return true;
    }

    /// <summary>Steps over a string; the span holds its quotes.</summary>
    public bool String(out ByteSpan token, out bool hasEscapes)
    {
        token = default;
        hasEscapes = false;
        if (Peek() != '"') return false;

        var start = At;
        for (var at = start + 1; ;)
        {
            var end = json[at..].IndexOfAny(StringEnds);
            if (end < 0)
            {
                At = json.Length;
                return false;
            }

            at += end;
            if (json[at] == '"')
            {
                At = at + 1;
                token = new ByteSpan(start, At - start);
                return true;
            }

            hasEscapes = true;
            var length = json[at] == '\\' ? EscapeLength(json[at..]) : 0;
            if (length == 0)
            {
                At = at;
                return false;
            }

            at += length;
        }
    }

    /// <summary>Steps over any value.</summary>
    public bool Value(out ByteSpan token)
    {
        var first = Peek();
        var start = At;
        var valid = first switch
        {
            (byte)'"' => String(out _, out _),
            (byte)'{' or (byte)'[' => Nested(),
            (byte)'t' => Word("true"u8),
            (byte)'f' => Word("false"u8),
            (byte)'n' => Word("null"u8),
            _ => Number(),
        };
        token = new ByteSpan(start, At - start);
        return valid;
    }

    // A loop, not a recursion: hostile nesting must not overflow the stack.
    private bool Nested()
    {
        Span<bool> isObject = stackalloc bool[DeepestNesting];
        var depth = 0;
        while (true)
        {
            var opener = Peek();
            if (opener is (byte)'{' or (byte)'[')
            {
                if (depth == DeepestNesting) return false;

                At++;
                isObject[depth++] = opener == '{';
                if (Take(opener == '{' ? (byte)'}' : (byte)']')) depth--;
                else if (opener == '{' && !Name()) return false;
                else continue;
            }
            else if (!Value(out _))
            {
                return false;
            }

            while (depth > 0 && !Peek().Equals((byte)','))
            {
                if (!Take(isObject[depth - 1] ? (byte)'}' : (byte)']')) return false;
                depth--;
            }

            if (depth == 0) return true;

            At++;
            if (isObject[depth - 1] && !Name()) return false;
        }
    }

    private bool Name() => String(out _, out _) && Take((byte)':');

    private bool Word(ReadOnlySpan<byte> word)
    {
        if (!json[At..].StartsWith(word)) return false;

        At += word.Length;
        return true;
    }

    private bool Number()
    {
        var at = At;
        if (at < json.Length && json[at] == '-') at++;
        var digits = Digits(at);
        var valid = digits > 0 && (digits == 1 || json[at] != '0');
        at += digits;
        if (valid && at < json.Length && json[at] == '.')
        {
            digits = Digits(at + 1);
            valid = digits > 0;
            at += 1 + digits;
        }

        if (valid && at < json.Length && json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < json.Length && json[at] is (byte)'+' or (byte)'-') at++;
            digits = Digits(at);
            valid = digits > 0;
            at += digits;
        }

        if (valid) At = at;
        return valid;
    }

    private readonly int Digits(int from)
    {
        var at = from;
        while (at < json.Length && json[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at - from;
    }

    private static int EscapeLength(ReadOnlySpan<byte> escape)
    {
        if (escape.Length < 2) return 0;
        if (escape[1] != 'u') return "\"\\/bfnrt"u8.Contains(escape[1]) ? 2 : 0;
        if (escape.Length < 6) return 0;

        foreach (var digit in escape.Slice(2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return 0;
        }

        return 6;
    }
}
