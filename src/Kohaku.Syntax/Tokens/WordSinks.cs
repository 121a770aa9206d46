using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>Takes the tokens of a text word by word.</summary>
internal interface IWordSink
{
    /// <summary>A word of one token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="start">The word's place in the scanned text.</param>
    public void Token(int token, int start);

    /// <summary>A word.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="start">The word's place in the scanned text.</param>
    public void Word(ReadOnlySpan<ushort> tokens, int start);
}

/// <summary>Only counts.</summary>
internal struct CountSink : IWordSink
{
    public int Count;

    public void Token(int token, int start) => Count++;

    public void Word(ReadOnlySpan<ushort> tokens, int start) => Count += tokens.Length;
}

/// <summary>Keeps the tokens with the offsets where they begin.</summary>
internal ref struct BufferSink(TokenBuffer buffer, ClipTable table, ReadOnlySpan<char> text, ReadOnlySpan<int> offsets, int shift) : IWordSink
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<int> _offsets = offsets;

    public readonly void Token(int token, int start) => buffer.Add((ushort)token, Offset(start));

    public readonly void Word(ReadOnlySpan<ushort> tokens, int start)
    {
        if (tokens.Length == 0) return;

        buffer.Add(tokens[0], Offset(start));
        var at = start;
        var bytes = 0;
        var reached = 0;
        for (var i = 1; i < tokens.Length; i++)
        {
            bytes += table.ByteLength(tokens[i - 1]);
            // A token may begin inside a character: it is said to begin where the character does.
            while (at < _text.Length)
            {
                var unit = _text[at];
                if (unit < 0x80)
                {
                    if (reached + 1 > bytes) break;
                    reached++;
                    at++;
                    continue;
                }

                Rune.DecodeFromUtf16(_text[at..], out var rune, out var length);
                if (reached + rune.Utf8SequenceLength > bytes) break;
                reached += rune.Utf8SequenceLength;
                at += length;
            }

            buffer.Add(tokens[i], Offset(at));
        }
    }

    private readonly int Offset(int at) => _offsets.IsEmpty ? at + shift : _offsets[at];
}
