namespace Kohaku.Cli.Terminal;

/// <summary>How many colours an output shows.</summary>
internal enum ColourDepth
{
    /// <summary>None: text only.</summary>
    None,

    /// <summary>The terminal's own sixteen.</summary>
    Basic,

    /// <summary>The 256-colour table.</summary>
    Table,

    /// <summary>Any colour.</summary>
    True,
}

/// <summary>What an output can show.</summary>
/// <param name="Colours">How many colours; <see cref="ColourDepth.None"/> away from terminals.</param>
/// <param name="Light">Whether the background is light.</param>
/// <param name="Unicode">Whether box-drawing characters and the like arrive.</param>
/// <param name="Width">Columns before a line wraps.</param>
/// <param name="Terminal">Whether a person is looking.</param>
internal sealed record Look(ColourDepth Colours, bool Light, bool Unicode, int Width, bool Terminal)
{
    /// <summary>Columns of what is not a terminal: a log, a file, a pipe.</summary>
    public const int PlainWidth = 100;

    /// <summary>A file or a pipe: no colours, Unicode.</summary>
    public static Look Plain { get; } = new(ColourDepth.None, false, true, PlainWidth, false);

    /// <summary>Reads the look from the environment's variables.</summary>
    /// <param name="terminal">Whether the output is a terminal.</param>
    /// <param name="variable">Looks an environment variable up.</param>
    /// <param name="width">The terminal's columns; asked only where it is one.</param>
    public static Look From(bool terminal, Func<string, string?> variable, Func<int> width)
    {
        var term = variable("TERM") ?? "";
        return new Look(
            DepthOf(terminal, term, variable),
            IsLight(variable("COLORFGBG")),
            term != "dumb" && IsUtf8(variable),
            terminal ? Math.Clamp(width(), 40, 400) : PlainWidth,
            terminal);
    }

    private static ColourDepth DepthOf(bool terminal, string term, Func<string, string?> variable)
    {
        if (!string.IsNullOrEmpty(variable("NO_COLOR")) || term == "dumb") return ColourDepth.None;

        var forced = variable("FORCE_COLOR") is { Length: > 0 } force && force != "0";
        if (!terminal && !forced) return ColourDepth.None;
        if (variable("COLORTERM") is "truecolor" or "24bit") return ColourDepth.True;
        return term.Contains("256color", StringComparison.Ordinal) ? ColourDepth.Table : ColourDepth.Basic;
    }

    // rxvt's convention, which other terminals took over: "foreground;background" as indices of the sixteen colours.
    private static bool IsLight(string? colours) =>
        colours is not null && colours[(colours.LastIndexOf(';') + 1)..] is "7" or "15";

    // POSIX: the first of the three that is set decides. Where none is (containers, CI), UTF-8 is what arrives.
    private static bool IsUtf8(Func<string, string?> variable)
    {
        string[] names = ["LC_ALL", "LC_CTYPE", "LANG"];
        foreach (var name in names)
        {
            if (variable(name) is not { Length: > 0 } value) continue;
            return value.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || value.Contains("utf8", StringComparison.OrdinalIgnoreCase);
        }

        return true;
    }
}
