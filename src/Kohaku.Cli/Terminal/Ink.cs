namespace Kohaku.Cli.Terminal;

/// <summary>What a piece of text is, from which its colour follows.</summary>
internal enum Ink
{
    /// <summary>The terminal's own colour.</summary>
    Plain,

    /// <summary>What stands out without a colour.</summary>
    Strong,

    /// <summary>What steps back: gutters, counts, hints.</summary>
    Faint,

    /// <summary>What the program says about the model: amber, the one accent.</summary>
    Model,

    /// <summary>An error.</summary>
    Error,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Added text; what a fix writes.</summary>
    Added,

    /// <summary>Removed text.</summary>
    Removed,
}
