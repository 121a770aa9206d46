using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Kohaku.Syntax.Tokens;

/// <summary>
/// Divides a text into CLIP's words: <c>'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+</c>, without a regular expression.
/// </summary>
internal sealed class WordScanner(ClipTable table, ClipWords words)
{
    private const int Wide = 16;
    private const int Kept = 1 << 16;

    private readonly ushort[] _single = Singles(table);
    private byte[] _bytes = new byte[256];

    private enum Kind : byte
    {
        Other,
        Space,
        Letter,
        Number,
    }

    private static ReadOnlySpan<byte> Kinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0,
        0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 0, 0, 0,
    ];

    /// <summary>The special token that a text begins with: its id, or 0, and its length.</summary>
    public static int SpecialAt(ReadOnlySpan<char> text, TextCleaning cleaning, out int token)
    {
        var (start, end) = cleaning == TextCleaning.Ftfy ? ("<start_of_text>", "<end_of_text>") : ("<|startoftext|>", "<|endoftext|>");
        var comparison = cleaning == TextCleaning.Ftfy ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        (token, var length) = text.StartsWith(start, comparison) ? (ClipTokenizer.Start, start.Length)
            : text.StartsWith(end, comparison) ? (ClipTokenizer.End, end.Length) : (0, 0);
        return length;
    }

    /// <summary>Scans a text of ASCII that needs no cleaning, in any case.</summary>
    public void ScanPlain<TSink>(ReadOnlySpan<char> text, TextCleaning cleaning, ref TSink sink)
        where TSink : IWordSink, allows ref struct
    {
        ref var units = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        for (var at = 0; at < text.Length;)
        {
            var unit = text[at];
            switch ((Kind)Kinds[unit & 0x7F])
            {
                case Kind.Space:
                    at++;
                    break;
                case Kind.Number:
                    sink.Token(_single[unit], at++);
                    break;
                case Kind.Letter:
                    var length = at + Wide <= text.Length
                        ? Letters(ref Unsafe.Add(ref units, at), out var low, out var high)
                        : LastLetters(text[at..], out low, out high);
                    if (length == Wide) goto default;
                    sink.Word(words.Tokens(low, high, length), at);
                    at += length;
                    break;
                default:
                    at = Word(text, at, cleaning, ref sink);
                    break;
            }
        }
    }

    /// <summary>Scans a text that has been cleaned.</summary>
    public void Scan<TSink>(ReadOnlySpan<char> text, TextCleaning cleaning, ref TSink sink)
        where TSink : IWordSink, allows ref struct
    {
        for (var at = 0; at < text.Length;)
        {
            if (KindAt(text, at, out var length) == Kind.Space) at += length;
            else at = Word(text, at, cleaning, ref sink);
        }
    }

    /// <summary>Gives back the room of an uncommonly long word.</summary>
    public void Trim()
    {
        if (_bytes.Length > Kept) _bytes = new byte[256];
    }

    /// <summary>Up to 16 letters at once, in lower case and packed.</summary>
    private static int Letters(ref ushort units, out ulong low, out ulong high)
    {
        var bytes = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref units), Vector128.LoadUnsafe(ref units, 8)) | Vector128.Create((byte)0x20);
        var letters = Vector128.LessThan(bytes - Vector128.Create((byte)'a'), Vector128.Create((byte)26));
        var length = BitOperations.TrailingZeroCount(~letters.ExtractMostSignificantBits());
        var packed = bytes.AsUInt64();
        low = packed[0];
        high = packed[1];
        if (length < 8)
        {
            low &= (1UL << (length * 8)) - 1;
            high = 0;
        }
        else if (length < 16)
        {
            high &= (1UL << ((length - 8) * 8)) - 1;
        }

        return length;
    }

    /// <summary>The same at a text's end, where there are no 16 units to be read.</summary>
    private static int LastLetters(ReadOnlySpan<char> rest, out ulong low, out ulong high)
    {
        Span<ushort> padded = stackalloc ushort[Wide];
        padded.Clear();
        MemoryMarshal.Cast<char, ushort>(rest).CopyTo(padded);
        return Letters(ref MemoryMarshal.GetReference(padded), out low, out high);
    }

    private static ushort[] Singles(ClipTable table)
    {
        var tokens = new ushort[128];
        for (var value = 0; value < tokens.Length; value++) tokens[value] = (ushort)(table.ByteToken((byte)(value is >= 'A' and <= 'Z' ? value | 0x20 : value)) + 256);
        return tokens;
    }

    /// <summary>One word that begins at a place that is no space.</summary>
    /// <returns>Where it ends.</returns>
    private int Word<TSink>(ReadOnlySpan<char> text, int start, TextCleaning cleaning, ref TSink sink)
        where TSink : IWordSink, allows ref struct
    {
        if (text[start] == '<' && cleaning == TextCleaning.Ftfy && SpecialAt(text[start..], cleaning, out var special) is var taken and > 0)
        {
            sink.Token(special, start);
            return start + taken;
        }

        var end = WordEnd(text, start, cleaning);
        if (end - start == 1 && text[start] < 0x80) sink.Token(_single[text[start]], start);
        else if (TryPack(text[start..end], out var low, out var high)) sink.Word(words.Tokens(low, high, end - start), start);
        else sink.Word(words.Tokens(Bytes(text[start..end])), start);
        return end;
    }

    /// <summary>Packs a short word of ASCII without a NUL, in lower case.</summary>
    private static bool TryPack(ReadOnlySpan<char> word, out ulong low, out ulong high)
    {
        low = high = 0;
        if (word.Length > WordCache.MaximumWord) return false;

        for (var i = word.Length - 1; i >= 0; i--)
        {
            var unit = word[i];
            if (unit is '\0' or >= '\u0080') return false;

            var lower = unit is >= 'A' and <= 'Z' ? unit | 0x20u : unit;
            high = (high << 8) | (low >> 56);
            low = (low << 8) | lower;
        }

        return true;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int start, TextCleaning cleaning)
    {
        if (text[start] == '\'' && Contraction(text[(start + 1)..], cleaning) is var contracted and > 0) return start + 1 + contracted;

        var kind = KindAt(text, start, out var length);
        var at = start + length;
        while (kind != Kind.Number && at < text.Length && KindAt(text, at, out length) == kind) at += length;
        return at;
    }

    /// <summary>The length of <c>s|t|re|ve|m|ll|d</c> at a text's beginning, or 0.</summary>
    private static int Contraction(ReadOnlySpan<char> text, TextCleaning cleaning)
    {
        if (text.IsEmpty) return 0;

        // open_clip's pattern ignores case, and Unicode counts ſ as an s.
        var first = text[0] < 0x80 ? (char)(text[0] | 0x20) : text[0] == 'ſ' && cleaning == TextCleaning.Ftfy ? 's' : '\0';
        var second = text.Length > 1 && text[1] < 0x80 ? (char)(text[1] | 0x20) : '\0';
        return (first, second) switch
        {
            ('s' or 't' or 'm' or 'd', _) => 1,
            ('r' or 'v', 'e') or ('l', 'l') => 2,
            _ => 0,
        };
    }

    private static Kind KindAt(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 1;
        var unit = text[at];
        if (unit < 0x80) return (Kind)Kinds[unit];

        var point = CanonicalComposer.PointAt(text, at, out length);
        // CharUnicodeInfo carries its own data, without ICU.
        switch (CharUnicodeInfo.GetUnicodeCategory((int)point))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter:
                return Kind.Letter;
            case UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber:
                return Kind.Number;
            case UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
            case UnicodeCategory.Control when point == 0x85:
                return Kind.Space;
            default:
                return Kind.Other;
        }
    }

    /// <summary>A word as UTF-8, in lower case where it is ASCII.</summary>
    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<char> word)
    {
        if (_bytes.Length < word.Length * 3 && Encoding.UTF8.GetByteCount(word) is var needed && needed > _bytes.Length) _bytes = new byte[needed + 256];
        var length = Encoding.UTF8.GetBytes(word, _bytes);
        var bytes = _bytes.AsSpan(0, length);
        foreach (ref var value in bytes)
        {
            if (value is >= (byte)'A' and <= (byte)'Z') value |= 0x20;
        }

        return bytes;
    }
}
