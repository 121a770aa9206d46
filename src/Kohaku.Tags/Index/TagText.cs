using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Kohaku.Tags;

/// <summary>
/// The spelling under which tags are found: ASCII lower case, every run of blanks and underscores one underscore, no outer blanks, UTF-8.
/// </summary>
internal static class TagText
{
    /// <summary>No text longer than this is any tag.</summary>
    public const int MaxBytes = 512;

    private const byte Separator = (byte)'_';

    /// <summary>Writes the spelling of a text; −1 where it does not fit (then it is no tag).</summary>
    public static int Normalise(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        text = text.Trim(" \t\r\n");
        if (text.Length > utf8.Length)
        {
            return -1;
        }

        var length = 0;
        var afterSeparator = false;
        for (var i = 0; i < text.Length; i++)
        {
            int unit = text[i];
            if (unit >= 0x80)
            {
                return NormaliseRest(text[i..], utf8, length);
            }

            if (unit is ' ' or '_' or '\t' or '\r' or '\n')
            {
                if (afterSeparator)
                {
                    continue;
                }

                afterSeparator = true;
                utf8[length++] = Separator;
                continue;
            }

            afterSeparator = false;
            utf8[length++] = (uint)(unit - 'A') <= 'Z' - 'A' ? (byte)(unit | 0x20) : (byte)unit;
        }

        return length;
    }

    /// <summary>Whether a text can be a tag's name.</summary>
    public static bool Fits(string text)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return Normalise(text, buffer) >= 0;
    }

    /// <summary>The spelling of a text as a string.</summary>
    public static string Normalised(string text)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var length = Normalise(text, buffer);
        return length < 0 ? throw new TagDataException($"a tag of {text.Length} characters is too long (the limit is {MaxBytes} bytes)")
            : Encoding.UTF8.GetString(buffer[..length]);
    }

    /// <summary>A number for a spelling, the same on every machine.</summary>
    public static ulong Hash(ReadOnlySpan<byte> text)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Multiplier;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text), Multiplier);
            text = text[8..];
        }

        if (text.Length > 0)
        {
            ulong tail = 0;
            for (var i = 0; i < text.Length; i++)
            {
                tail |= (ulong)text[i] << (8 * i);
            }

            hash = Mix(hash ^ tail, Multiplier);
        }

        return Mix(hash, 0xD6E8FEB86659FD93);
    }

    /// <summary>
    /// The letters a spelling holds: in the lower half one bit for each kind (two bytes may share one), in the upper half those that it holds twice or more.
    /// An edit changes two of these bits at most, and letters left out take bits away only.
    /// </summary>
    public static ulong Letters(ReadOnlySpan<byte> text)
    {
        uint once = 0;
        uint twice = 0;
        foreach (var unit in text)
        {
            var letter = Letter(unit);
            twice |= once & letter;
            once |= letter;
        }

        return ((ulong)twice << 32) | once;
    }

    /// <summary>The letters with which a spelling's words begin, one bit for each kind.</summary>
    public static uint WordLetters(ReadOnlySpan<byte> text)
    {
        uint letters = 0;
        for (var offset = 0; offset < text.Length; offset++)
        {
            if (IsWordStart(text, offset))
            {
                letters |= Letter(text[offset]);
            }
        }

        return letters;
    }

    /// <summary>The bit of one byte; a separator has none.</summary>
    public static uint Letter(byte unit) => unit switch
    {
        Separator => 0,
        >= (byte)'a' and <= (byte)'z' => 1u << (unit - 'a'),
        >= (byte)'0' and <= (byte)'9' => 1u << (26 + (unit & 3)),
        _ => 1u << (30 + (unit & 1)),
    };

    /// <summary>Whether a byte belongs to a word: letters, digits and everything beyond ASCII.</summary>
    public static bool IsWord(byte unit) => unit is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or >= 0x80;

    /// <summary>Whether a word begins at an offset. Beyond ASCII, where scripts set no blanks, it does at every character.</summary>
    public static bool IsWordStart(ReadOnlySpan<byte> text, int offset)
    {
        var unit = text[offset];
        if (!IsWord(unit))
        {
            return false;
        }

        if (offset == 0)
        {
            return true;
        }

        var before = text[offset - 1];
        if (unit >= 0x80)
        {
            return unit >= 0xC0;
        }

        return !IsWord(before) && before != (byte)'\'';
    }

    private static int NormaliseRest(ReadOnlySpan<char> text, Span<byte> utf8, int length)
    {
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var value = rune.Value;
            if (value is ' ' or '_' or '\t' or '\r' or '\n')
            {
                if (length > 0 && utf8[length - 1] == Separator)
                {
                    continue;
                }

                value = Separator;
            }
            else if ((uint)(value - 'A') <= 'Z' - 'A')
            {
                value |= 0x20;
            }

            var size = new Rune(value).EncodeToUtf8(one);
            if (length + size > utf8.Length)
            {
                return -1;
            }

            one[..size].CopyTo(utf8[length..]);
            length += size;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong value, ulong by)
    {
        var high = Math.BigMul(value, by, out var low);
        return high ^ low;
    }
}
