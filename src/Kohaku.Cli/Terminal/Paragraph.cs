namespace Kohaku.Cli.Terminal;

/// <summary>Prose in a column: broken between words, every line indented alike.</summary>
internal static class Paragraph
{
    // Longer lines are hard to follow with the eye.
    private const int WidestLine = 88;

    /// <summary>Writes text from the current column on and ends the line.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="text">One paragraph.</param>
    /// <param name="indent">The column that it keeps, already reached on the first line.</param>
    /// <param name="ink">Its colour.</param>
    public static void Write(Page page, string text, int indent, Ink ink = Ink.Plain)
    {
        var room = Math.Max(20, Math.Min(page.Look.Width, WidestLine + indent) - indent);
        var column = 0;
        foreach (var word in text.Split(' '))
        {
            var width = DisplayText.Width(word);
            if (column > 0 && column + 1 + width > room)
            {
                page.Line().Repeat(' ', indent);
                column = 0;
            }

            if (column > 0) page.Write(" ");
            page.WriteForeign(word, ink);
            column += width + (column > 0 ? 1 : 0);
        }

        page.Line();
    }
}
