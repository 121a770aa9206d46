using Kohaku.Cli.Reporters;
using Kohaku.Files;

namespace Kohaku.Cli.Formatting;

/// <summary>What a format was asked to do.</summary>
internal sealed record FormatJob
{
    /// <summary>Files, folders, globs; <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Whether to write nothing and to fail where something would be written.</summary>
    public bool Check { get; init; }

    /// <summary>Whether to show differences and to write nothing.</summary>
    public bool Diff { get; init; }

    /// <summary>From where to where; null for all.</summary>
    public (LinePosition Start, LinePosition End)? Range { get; init; }

    /// <summary>What files are read as.</summary>
    public InputKind Input { get; init; }

    /// <summary>Which properties of a record hold prompts.</summary>
    public HostOptions Host { get; init; } = HostOptions.Default;

    /// <summary>What standard input is called.</summary>
    public string? StandardInputName { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether the summary is left out.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether files stay as they are.</summary>
    public bool IsDry => Check || Diff;
}

/// <summary>What formatting one file came to.</summary>
/// <param name="Path">As reports name it.</param>
/// <param name="IsChanged">Whether it was, or would be, written.</param>
/// <param name="Text">The formatted text.</param>
/// <param name="Diff">The difference, where it was asked for.</param>
/// <param name="Failure">Why it could not be read or written.</param>
internal sealed record FormatResult(string Path, bool IsChanged, string Text, string Diff, Failure? Failure);
