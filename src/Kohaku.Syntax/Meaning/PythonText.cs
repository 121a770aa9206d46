using System.Buffers;
using System.Globalization;
using System.Text;

namespace Kohaku.Syntax.Meaning;

/// <summary>What Python's <c>re</c> and <c>float</c> make of characters; both reference programs are written in Python.</summary>
internal static class PythonText
{
    /// <summary><c>\s</c>: .NET's white space and the four separators U+001C to U+001F.</summary>
    public static bool IsWhiteSpace(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';

    /// <summary><c>\w</c>: letters, numbers of any kind and the underscore, but no marks (which .NET's <c>\w</c> has).</summary>
    public static bool IsWord(int codePoint)
    {
        if (codePoint < 0x80)
            return codePoint == '_' || char.IsAsciiLetterOrDigit((char)codePoint);
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }

    /// <summary>Length of the word character at an offset, 0 where there is none.</summary>
    public static int WordLength(ReadOnlySpan<char> text, int offset)
    {
        if ((uint)offset >= (uint)text.Length)
            return 0;
        var length = CodePoint(text, offset, out var codePoint);
        return IsWord(codePoint) ? length : 0;
    }

    /// <summary>Whether the character that ends at an offset is a word character.</summary>
    public static bool IsWordBefore(ReadOnlySpan<char> text, int offset)
    {
        if (offset <= 0)
            return false;
        var start = offset - 1;
        if (start > 0 && char.IsSurrogatePair(text[start - 1], text[start]))
            start--;
        CodePoint(text, start, out var codePoint);
        return IsWord(codePoint);
    }

    /// <summary>The next place of a word of ASCII letters with no word character on either side (<c>\bWORD\b</c>), or −1.</summary>
    public static int IndexOfWord(ReadOnlySpan<char> text, string word, int from)
    {
        while (from <= text.Length - word.Length)
        {
            var at = text[from..].IndexOf(word, StringComparison.Ordinal);
            if (at < 0)
                return -1;
            at += from;
            if (!IsWordBefore(text, at) && WordLength(text, at + word.Length) == 0)
                return at;
            from = at + 1;
        }

        return -1;
    }

    /// <summary>Length and value of the decimal digit at an offset (<c>\d</c>, any script), length 0 where there is none.</summary>
    public static int DigitLength(ReadOnlySpan<char> text, int offset, out int value)
    {
        value = 0;
        if ((uint)offset >= (uint)text.Length)
            return 0;
        var unit = text[offset];
        if (unit < 0x80)
        {
            value = unit - '0';
            return char.IsAsciiDigit(unit) ? 1 : 0;
        }

        var length = CodePoint(text, offset, out var codePoint);
        if (CharUnicodeInfo.GetUnicodeCategory(codePoint) != UnicodeCategory.DecimalDigitNumber)
            return 0;
        value = (int)Rune.GetNumericValue(new Rune(codePoint));
        return length;
    }

    /// <summary>First offset at or after one that holds no white space.</summary>
    public static int SkipWhiteSpace(ReadOnlySpan<char> text, int offset)
    {
        while (offset < text.Length && IsWhiteSpace(text[offset]))
            offset++;
        return offset;
    }

    /// <summary>The offset behind the last character before <paramref name="end"/> that is no white space, at least <paramref name="start"/>.</summary>
    public static int TrimEnd(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && IsWhiteSpace(text[end - 1]))
            end--;
        return end;
    }

    /// <summary>Python's <c>float(text)</c>: outer blanks, a sign, digits of any script with single underscores between, an exponent, <c>inf</c>, <c>nan</c>.</summary>
    public static bool TryParseFloat(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var start = SkipWhiteSpace(text, 0);
        text = text[start..TrimEnd(text, start, text.Length)];
        if (text.IsEmpty)
            return false;

        var rented = text.Length > 256 ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        var digits = rented ?? stackalloc char[256];
        var valid = TryMakeAscii(text, digits, out var written);
        var ascii = (ReadOnlySpan<char>)digits[..written];
        valid = valid && (IsNamed(ascii, out value)
            || double.TryParse(ascii, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value));
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return valid;
    }

    /// <summary>Digits of any script become ASCII digits, underscores between digits go; false for anything that no number has.</summary>
    private static bool TryMakeAscii(ReadOnlySpan<char> text, Span<char> ascii, out int written)
    {
        written = 0;
        for (var i = 0; i < text.Length;)
        {
            var length = DigitLength(text, i, out var value);
            if (length > 0)
            {
                ascii[written++] = (char)('0' + value);
                i += length;
                continue;
            }

            var unit = text[i++];
            if (unit == '_')
            {
                if (written == 0 || !char.IsAsciiDigit(ascii[written - 1]) || text[i - 2] == '_' || DigitLength(text, i, out _) == 0)
                    return false;
                continue;
            }

            if (unit is not ('+' or '-' or '.') && !char.IsAsciiLetter(unit))
                return false;
            ascii[written++] = unit;
        }

        return true;
    }

    private static bool IsNamed(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        var negative = text is ['-', ..];
        if (text is ['-' or '+', ..])
            text = text[1..];
        if (text.Equals("inf", StringComparison.OrdinalIgnoreCase) || text.Equals("infinity", StringComparison.OrdinalIgnoreCase))
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        else if (text.Equals("nan", StringComparison.OrdinalIgnoreCase))
            value = double.NaN;
        else
            return false;
        return true;
    }

    private static int CodePoint(ReadOnlySpan<char> text, int offset, out int codePoint)
    {
        var unit = text[offset];
        if (char.IsHighSurrogate(unit) && offset + 1 < text.Length && char.IsLowSurrogate(text[offset + 1]))
        {
            codePoint = char.ConvertToUtf32(unit, text[offset + 1]);
            return 2;
        }

        codePoint = unit;
        return 1;
    }
}
