using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Kohaku.Cli.Streaming;

/// <summary>Appends UTF-8 and JSON to a buffer, without a layer between: a record stream writes a gigabyte of it.</summary>
internal readonly ref struct Utf8Out(ArrayBufferWriter<byte> buffer)
{
    /// <summary>What a JSON string may hold as it is: ASCII but quotes, backslashes and controls.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(buffer.GetSpan(utf8.Length));
        buffer.Advance(utf8.Length);
    }

    /// <summary>A whole number.</summary>
    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, buffer.GetSpan(20), out var length);
        buffer.Advance(length);
    }

    /// <summary>A JSON string with its quotes. A lone surrogate is escaped, since UTF-8 cannot hold it.</summary>
    public void Quoted(ReadOnlySpan<char> text)
    {
        Raw("\""u8);
        while (text.Length > 0)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0) plain = text.Length;
            var target = buffer.GetSpan(plain);
            Ascii.FromUtf16(text[..plain], target, out _);
            buffer.Advance(plain);
            text = text[plain..];
            if (text.Length > 0) text = text[Special(text)..];
        }

        Raw("\""u8);
    }

    private int Special(ReadOnlySpan<char> text)
    {
        var status = Rune.DecodeFromUtf16(text, out var rune, out var length);
        if (status == OperationStatus.Done && rune.Value >= ' ' && rune.Value is not ('"' or '\\' or 0x7F))
        {
            buffer.Advance(rune.EncodeToUtf8(buffer.GetSpan(4)));
            return length;
        }

        if (text[0] is '"' or '\\')
        {
            var pair = buffer.GetSpan(2);
            (pair[0], pair[1]) = ((byte)'\\', (byte)text[0]);
            buffer.Advance(2);
            return 1;
        }

        var escape = buffer.GetSpan(6);
        "\\u"u8.CopyTo(escape);
        Utf8Formatter.TryFormat((int)text[0], escape[2..], out _, new StandardFormat('x', 4));
        buffer.Advance(6);
        return 1;
    }
}
