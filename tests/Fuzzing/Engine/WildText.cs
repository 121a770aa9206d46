using System.Text;

namespace Kohaku.Fuzzing.Engine;

/// <summary>Bytes as UTF-16 and back, so that an input of bytes may hold any text: lone surrogates too, which UTF-8 has not.</summary>
/// <remarks>A surrogate stands as its three bytes (WTF-8, Sapin 2016). A byte that belongs to no character becomes a lone surrogate of its own, so that every input is a text.</remarks>
internal static class WildText
{
    private const int FirstLow = 0xDC00;

    /// <summary>The text of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        Span<char> units = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var taken) == System.Buffers.OperationStatus.Done)
            {
                text.Append(units[..rune.EncodeToUtf16(units)]);
            }
            else if (bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..])
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                taken = 3;
            }
            else
            {
                text.Append((char)(FirstLow + bytes[0]));
                taken = 1;
            }

            bytes = bytes[taken..];
        }

        return text.ToString();
    }

    /// <summary>The bytes of a text.</summary>
    public static byte[] Bytes(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> unit = stackalloc byte[4];
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) == System.Buffers.OperationStatus.Done)
                bytes.AddRange(unit[..rune.EncodeToUtf8(unit)]);
            else
                bytes.AddRange([0xED, (byte)(0x80 | ((text[0] >> 6) & 0x3F)), (byte)(0x80 | (text[0] & 0x3F))]);
            text = text[taken..];
        }

        return [.. bytes];
    }
}
