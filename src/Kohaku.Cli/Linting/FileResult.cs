using Kohaku.Cli.Reporters;

namespace Kohaku.Cli.Linting;

/// <summary>What linting one file came to.</summary>
internal sealed record FileResult
{
    /// <summary>As reports name it.</summary>
    public required string Path { get; init; }

    /// <summary>What was found, in the order of the file; after a fix, what is left.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Why the file could not be linted, or which parts of it.</summary>
    public IReadOnlyList<Failure> Failures { get; init; } = [];

    /// <summary>Prompts in it.</summary>
    public int Prompts { get; init; }

    /// <summary>Prompts with findings.</summary>
    public int PromptsWithFindings { get; init; }

    /// <summary>Findings mended.</summary>
    public int Fixed { get; init; }

    /// <summary>Findings that the baseline holds.</summary>
    public int InBaseline { get; init; }

    /// <summary>The text after the fixes, where they were asked for; null where nothing changed.</summary>
    public string? NewText { get; init; }

    /// <summary>The difference that the fixes would make, where it was asked for.</summary>
    public string Diff { get; init; } = "";
}
