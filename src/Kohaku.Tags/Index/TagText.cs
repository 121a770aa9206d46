using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private const int Lanes = 8;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Writes the spelling of a text; −1 where it does not fit (then it is no tag).</summary>
    public static int Normalise(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        if (text.Length <= utf8.Length && TryNormalisePlain(text, utf8))
        {
            return text.Length;
        }

        text = text.Trim(" \t\r\n");
        return text.Length > utf8.Length ? -1 : NormaliseAny(text, utf8);
    }

    /// <summary>Whether a text can be a tag's name.</summary>
    public static bool Fits(string text)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return Normalise(text, buffer) >= 0;
    }

    /// <summary>What is wrong with a name that does not fit.</summary>
    public static string TooLong(string name) => $"a name of {name.Length} characters: names have at most {MaxBytes} bytes";

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
        var hash = (ulong)text.Length * Multiplier;
        if (text.Length < 8)
        {
            ulong all = 0;
            for (var i = text.Length - 1; i >= 0; i--)
            {
                all = (all << 8) | text[i];
            }

            return Finish(Mix(hash, all));
        }

        var at = 0;
        for (; at <= text.Length - 8; at += 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text[at..]));
        }

        // The last eight bytes once more, whichever of them were read before: no loop over a rest.
        return Finish(Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text[^8..])));
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

    /// <summary>The common case eight characters at a time: ASCII, no outer blanks, no two separators side by side.</summary>
    private static bool TryNormalisePlain(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        if (text.Length < Lanes)
        {
            return TryNormaliseShort(text, utf8);
        }

        if (text[0] <= ' ' || text[^1] <= ' ')
        {
            return false;
        }

        var separatorBefore = 0u;
        var at = 0;
        for (; at <= text.Length - Lanes; at += Lanes)
        {
            if (!TryNormaliseLanes(text[at..], utf8[at..], ref separatorBefore))
            {
                return false;
            }
        }

        // The last lanes overlap those before, so a run of separators across the seam is seen too.
        separatorBefore = 0;
        return at == text.Length || TryNormaliseLanes(text[^Lanes..], utf8[(text.Length - Lanes)..], ref separatorBefore);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNormaliseLanes(ReadOnlySpan<char> text, Span<byte> utf8, ref uint separatorBefore)
    {
        var units = Vector128.Create(MemoryMarshal.Cast<char, ushort>(text));
        if (Vector128.GreaterThanAny(units - Vector128.Create((ushort)' '), Vector128.Create((ushort)('~' - ' '))))
        {
            return false;
        }

        var bytes = Vector128.Narrow(units, units);
        var upper = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'A'), Vector128.Create((byte)('Z' - 'A')));
        bytes |= upper & Vector128.Create((byte)0x20);
        bytes = Vector128.ConditionalSelect(Vector128.Equals(bytes, Vector128.Create((byte)' ')), Vector128.Create(Separator), bytes);
        var separators = Vector128.Equals(bytes, Vector128.Create(Separator)).ExtractMostSignificantBits() & 0xFF;
        var runs = separators & ((separators << 1) | separatorBefore);
        separatorBefore = separators >> (Lanes - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(utf8, bytes.AsUInt64().ToScalar());
        return runs == 0;
    }

    private static bool TryNormaliseShort(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var separatorBefore = true;
        for (var i = 0; i < text.Length; i++)
        {
            int unit = text[i];
            var separates = unit is ' ' or '_';
            if (unit is < ' ' or > '~' || (separates && separatorBefore))
            {
                return false;
            }

            separatorBefore = separates;
            utf8[i] = separates ? Separator : (uint)(unit - 'A') <= 'Z' - 'A' ? (byte)(unit | 0x20) : (byte)unit;
        }

        return text.Length == 0 || text[^1] != ' ';
    }

    private static int NormaliseAny(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var length = 0;
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
    private static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Multiplier;
        return hash ^ (hash >> 32);
    }

    private static ulong Finish(ulong hash)
    {
        hash *= 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }
}
