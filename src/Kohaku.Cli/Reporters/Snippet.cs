using System.Globalization;
using System.Text;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Reporters;

/// <summary>A line as <c>full</c> shows it, cut to the width, and the columns that the carets stand under.</summary>
/// <param name="Text">What is printed.</param>
/// <param name="Column">Column of the first caret, from 0.</param>
/// <param name="Length">Number of carets, at least 1.</param>
internal readonly record struct Snippet(string Text, int Column, int Length)
{
    // What is kept in front of a finding that does not fit with the line's beginning.
    private const int Context = 20;

    /// <summary>Cuts a line around a finding.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="start">UTF-16 offset of the finding in it.</param>
    /// <param name="end">Offset behind the finding.</param>
    /// <param name="width">Columns there are.</param>
    /// <param name="unicode">Whether the output shows Unicode.</param>
    public static Snippet Of(ReadOnlySpan<char> line, int start, int end, int width, bool unicode)
    {
        var mark = unicode ? "…" : "...";
        var window = WindowAround(line, start, end);
        var offset = window.Start;
        line = line.Slice(offset, window.Length);
        start -= offset;
        end = Math.Min(end - offset, line.Length);

        var shown = new StringBuilder();
        var before = DisplayText.AppendVisible(shown, line[..start], unicode, 0);
        var under = DisplayText.AppendVisible(shown, line[start..end], unicode, before);
        var after = DisplayText.AppendVisible(shown, line[end..], unicode, before + under);
        var text = shown.ToString();
        var carets = Math.Max(1, under);
        var cutsLeft = offset > 0;
        if (!cutsLeft && window.IsWhole && before + under + after <= width) return new Snippet(text, before, carets);

        // As much of what stands before as leaves room for the finding, then the finding, then what fits.
        var room = Math.Max(10, width - 2 * mark.Length);
        var skip = before + carets + mark.Length <= width && !cutsLeft ? 0 : Math.Max(0, before - Math.Max(Context, Math.Min(before, (room - carets) / 2)));
        cutsLeft |= skip > 0;
        var take = width - (cutsLeft ? mark.Length : 0);
        var total = before + under + after - skip;
        var cutsRight = total > take || !window.IsWhole && offset + window.Length < window.LineLength;
        if (cutsRight) take -= mark.Length;

        var (kept, lost) = Columns(text, skip, take);
        var column = Math.Max(0, before - lost) + (cutsLeft ? mark.Length : 0);
        var visible = Math.Max(1, Math.Min(carets, (cutsLeft ? mark.Length : 0) + DisplayText.Width(kept) - column));
        return new Snippet((cutsLeft ? mark : "") + kept + (cutsRight ? mark : ""), column, visible);
    }

    // A line may have millions of characters: only the neighbourhood is measured. Cluster boundaries at its ends may be wrong; they lie outside what is shown.
    private static Window WindowAround(ReadOnlySpan<char> line, int start, int end)
    {
        const int Reach = 1000;
        if (line.Length <= 4 * Reach) return new Window(0, line.Length, line.Length);

        var from = Math.Max(0, start - Reach);
        var to = Math.Min(line.Length, Math.Min(end, start + Reach) + Reach);
        return new Window(from, to - from, line.Length);
    }

    // The clusters between two columns, and the columns that were really left out in front of them.
    private static (string Kept, int Lost) Columns(string text, int skip, int take)
    {
        var rest = text.AsSpan();
        var column = 0;
        while (!rest.IsEmpty && column < skip)
        {
            var length = StringInfo.GetNextTextElementLength(rest);
            column += DisplayText.WidthOfElement(rest[..length], column);
            rest = rest[length..];
        }

        var lost = column;
        var from = text.Length - rest.Length;
        while (!rest.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(rest);
            var width = DisplayText.WidthOfElement(rest[..length], column);
            if (column + width - lost > take) break;

            column += width;
            rest = rest[length..];
        }

        return (text[from..(text.Length - rest.Length)], lost);
    }

    private readonly record struct Window(int Start, int Length, int LineLength)
    {
        public bool IsWhole => Length == LineLength;
    }
}
