using System.Globalization;
using System.Text;

namespace Kohaku.Cli.Terminal;

/// <summary>Text as a terminal shows it: columns taken, and control characters made visible.</summary>
internal static class DisplayText
{
    /// <summary>Columns between tab stops.</summary>
    public const int TabWidth = 4;

    /// <summary>Makes what a terminal would obey visible: control characters, and marks that turn the reading direction.</summary>
    /// <param name="text">Foreign text.</param>
    /// <param name="unicode">Whether the output shows Unicode; else what is not ASCII becomes <c>?</c>.</param>
    public static string Visible(string text, bool unicode)
    {
        var first = text.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (first < 0) return text;

        var shown = new StringBuilder(text.Length + 8);
        AppendVisible(shown, text, unicode, 0);
        return shown.ToString();
    }

    /// <summary>The columns that a text takes, from column 0.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            width += WidthOfElement(text[..length], width);
            text = text[length..];
        }

        return width;
    }

    /// <summary>Appends text as it is shown and says how many columns it took.</summary>
    /// <param name="shown">Where it goes.</param>
    /// <param name="text">Foreign text, one line.</param>
    /// <param name="unicode">Whether the output shows Unicode.</param>
    /// <param name="column">The column that it begins at, from 0: tabs depend on it.</param>
    public static int AppendVisible(StringBuilder shown, ReadOnlySpan<char> text, bool unicode, int column)
    {
        var start = column;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            var element = text[..length];
            text = text[length..];
            var width = WidthOfElement(element, column);
            column += width;
            if (element[0] == '\t') shown.Append(' ', width);
            else if (element[0] is >= ' ' and <= '~' && length == 1) shown.Append(element[0]);
            else if (!unicode) AppendAscii(shown, element, width);
            else if (IsHidden(element[0])) shown.Append(Picture(element[0]));
            else if (length == 1 && char.IsSurrogate(element[0])) shown.Append('�');
            else shown.Append(element);
        }

        return column - start;
    }

    /// <summary>The columns of one grapheme cluster that begins at a column.</summary>
    public static int WidthOfElement(ReadOnlySpan<char> element, int column)
    {
        if (element[0] == '\t') return TabWidth - column % TabWidth;
        if (element[0] < 0x7F) return 1;
        if (element.Contains('\uFE0F')) return 2;

        var rest = element;
        while (!rest.IsEmpty)
        {
            Rune.DecodeFromUtf16(rest, out var rune, out var taken);
            rest = rest[taken..];
            var width = WidthOf(rune);
            if (width > 0) return width;
        }

        return IsHidden(element[0]) ? 1 : 0;
    }

    private static int WidthOf(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (rune.Value is >= 0x1160 and <= 0x11FF) return 0;
        if (EastAsianWidth.IsWide(rune.Value)) return 2;

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => 1,
        };
    }

    private static void AppendAscii(StringBuilder shown, ReadOnlySpan<char> element, int width)
    {
        if (element is "…" or "—" or "–" or "×" or "’" or "‘" or "−") shown.Append(element[0] switch { '…' => '~', '×' => 'x', '’' or '‘' => '\'', _ => '-' });
        else shown.Append('?', width);
    }

    private static bool IsHidden(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static char Picture(char control) => control switch
    {
        < ' ' => (char)('␀' + control),
        '\x7F' => '␡',
        _ => '�',
    };
}
