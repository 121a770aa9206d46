namespace Kohaku.Cli.Terminal;

/// <summary>An output with colours where it has any: text goes in with its meaning, escape sequences come out where they are shown.</summary>
internal sealed class Page(TextWriter writer, Look look)
{
    private const string Reset = "\e[0m";

    /// <summary>What the output can show.</summary>
    public Look Look { get; } = look;

    /// <summary>Writes text that is ours, as it is.</summary>
    public Page Write(ReadOnlySpan<char> text)
    {
        writer.Write(text);
        return this;
    }

    /// <summary>Writes text that is ours in a colour.</summary>
    public Page Write(ReadOnlySpan<char> text, Ink ink)
    {
        var start = Sequence(ink);
        if (start.Length == 0 || text.IsEmpty) return Write(text);

        writer.Write(start);
        writer.Write(text);
        writer.Write(Reset);
        return this;
    }

    /// <summary>Writes text from a file: control characters are shown, never sent to the terminal.</summary>
    public Page WriteForeign(string text, Ink ink = Ink.Plain) => Write(DisplayText.Visible(text, Look.Unicode), ink);

    /// <summary>Writes foreign text of several lines, each ended.</summary>
    public Page WriteLines(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines()) WriteForeign(line.ToString()).Line();
        return this;
    }

    /// <summary>Ends the line.</summary>
    public Page Line()
    {
        writer.Write('\n');
        return this;
    }

    /// <summary>Writes text that is ours and ends the line.</summary>
    public Page Line(ReadOnlySpan<char> text) => Write(text).Line();

    /// <summary>Writes a character as often as asked.</summary>
    public Page Repeat(char character, int count)
    {
        for (var i = 0; i < count; i++) writer.Write(character);
        return this;
    }

    /// <summary>Sends what is buffered on its way.</summary>
    public void Flush() => writer.Flush();

    /// <summary>A bar of a length: the filled part in the accent, the rest faint, a frame around it.</summary>
    /// <param name="share">How much is filled, 0 to 1.</param>
    /// <param name="length">Columns between the frame.</param>
    public Page Bar(double share, int length)
    {
        var filled = (int)Math.Round(Math.Clamp(share, 0, 1) * length, MidpointRounding.AwayFromZero);
        if (share > 0 && filled == 0) filled = 1;

        var (left, full, empty, right) = Look.Unicode ? ('▕', '█', '░', '▏') : ('[', '#', '.', ']');
        return Write([left], Ink.Faint)
            .Write(new string(full, filled), Ink.Model)
            .Write(new string(empty, length - filled), Ink.Faint)
            .Write([right], Ink.Faint);
    }

    private string Sequence(Ink ink) => Look.Colours == ColourDepth.None ? "" : ink switch
    {
        Ink.Strong => "\e[1m",
        Ink.Faint => "\e[2m",
        Ink.Model => Amber(),
        Ink.Error => "\e[1;31m",
        Ink.Warning => "\e[1;33m",
        Ink.Info => "\e[1;36m",
        Ink.Added => "\e[32m",
        Ink.Removed => "\e[31m",
        _ => "",
    };

    // #E8A33D on dark, #9A5B00 on light; 179 and 94 are the nearest of the 256.
    private string Amber() => (Look.Colours, Look.Light) switch
    {
        (ColourDepth.True, false) => "\e[38;2;232;163;61m",
        (ColourDepth.True, true) => "\e[38;2;154;91;0m",
        (ColourDepth.Table, false) => "\e[38;5;179m",
        (ColourDepth.Table, true) => "\e[38;5;94m",
        _ => "\e[33m",
    };
}
