using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Kohaku.Files;

/// <summary>Bytes to text and back without loss: what decodes encodes to the very same bytes.</summary>
internal static class TextCodec
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> LittleEndianMark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> BigEndianMark => [0xFE, 0xFF];

    /// <summary>Finds the mark, if any; its length is what decoding skips.</summary>
    public static TextEncoding Detect(ReadOnlySpan<byte> bytes, out int markLength)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (TextEncoding.Utf8WithMark, 3),
            [0xFF, 0xFE, ..] => (TextEncoding.Utf16LittleEndian, 2),
            [0xFE, 0xFF, ..] => (TextEncoding.Utf16BigEndian, 2),
            _ => (TextEncoding.Utf8, 0),
        };
        markLength = mark;
        return encoding;
    }

    /// <summary>Decodes, or says in <paramref name="error"/> where the bytes stop being text.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, out TextEncoding encoding, out (string Message, int Line)? error)
    {
        encoding = Detect(bytes, out var mark);
        var body = bytes[mark..];
        return encoding is TextEncoding.Utf8 or TextEncoding.Utf8WithMark
            ? DecodeUtf8(body, mark, out error)
            : DecodeUtf16(body, encoding == TextEncoding.Utf16BigEndian, mark, out error);
    }

    /// <summary>Encodes; lone surrogates are kept in UTF-16 and can not be part of a text that came from UTF-8.</summary>
    public static byte[] Encode(ReadOnlySpan<char> text, TextEncoding encoding)
    {
        switch (encoding)
        {
            case TextEncoding.Utf8:
                return EncodeUtf8(text, []);
            case TextEncoding.Utf8WithMark:
                return EncodeUtf8(text, Utf8Mark);
            default:
                var bytes = new byte[2 + text.Length * 2];
                var bigEndian = encoding == TextEncoding.Utf16BigEndian;
                (bigEndian ? BigEndianMark : LittleEndianMark).CopyTo(bytes);
                MemoryMarshal.AsBytes(text).CopyTo(bytes.AsSpan(2));
                if (bigEndian == BitConverter.IsLittleEndian)
                {
                    var units = MemoryMarshal.Cast<byte, ushort>(bytes.AsSpan(2));
                    BinaryPrimitives.ReverseEndianness(units, units);
                }

                return bytes;
        }
    }

    private static byte[] EncodeUtf8(ReadOnlySpan<char> text, ReadOnlySpan<byte> mark)
    {
        var bytes = new byte[mark.Length + Encoding.UTF8.GetByteCount(text)];
        mark.CopyTo(bytes);
        Encoding.UTF8.GetBytes(text, bytes.AsSpan(mark.Length));
        return bytes;
    }

    private static string? DecodeUtf8(ReadOnlySpan<byte> body, int mark, out (string Message, int Line)? error)
    {
        if (LooksLikeUtf16(body))
        {
            error = ("not text: every other byte is NUL, so this is UTF-16 without a byte-order mark; save the file as UTF-8, or with the mark", 1);
            return null;
        }

        error = null;
        if (Ascii.IsValid(body)) return Encoding.Latin1.GetString(body);

        var chars = ArrayPool<char>.Shared.Rent(body.Length);
        try
        {
            var status = Utf8.ToUtf16(body, chars, out var read, out var written, replaceInvalidSequences: false, isFinalBlock: true);
            if (status == OperationStatus.Done) return new string(chars, 0, written);

            error = ($"not text: byte 0x{body[read]:X2} at offset {mark + read} is no UTF-8; save the file as UTF-8, or as UTF-16 with a byte-order mark",
                LineMap.CountLineEnds(chars.AsSpan(0, written)) + 1);
            return null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    // A NUL is text, but not where it fills one half of the units of a text, as it does in UTF-16 of Latin letters: read as UTF-8 such a file
    // would seem clean, and a formatter would destroy it.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> body)
    {
        var first = body.IndexOf((byte)0);
        if (first < 0 || body.Length % 2 != 0) return false;

        var (even, odd) = (0, 0);
        for (var i = first; i < body.Length; i++)
        {
            if (body[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }

        return even + odd > 1 && (even == 0 || odd == 0) && (even + odd) * 4 >= body.Length;
    }

    private static string? DecodeUtf16(ReadOnlySpan<byte> body, bool bigEndian, int mark, out (string Message, int Line)? error)
    {
        var text = string.Create(body.Length / 2, body, static (target, source) => source[..(target.Length * 2)].CopyTo(MemoryMarshal.AsBytes(target)));
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            text = string.Create(text.Length, text, static (target, source) =>
                BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(source), MemoryMarshal.Cast<char, ushort>(target)));
        }

        error = null;
        if (body.Length % 2 == 0) return text;

        error = ($"not text: UTF-16 of an odd number of bytes ({mark + body.Length}), the file is cut short; save it again", LineMap.CountLineEnds(text) + 1);
        return null;
    }
}
