using Kohaku.Analysis;
using Kohaku.Analysis.Configuration;
using Kohaku.Files;

namespace Kohaku.Cli.Linting;

/// <summary>What to do about the fixes that findings have.</summary>
internal enum FixMode
{
    /// <summary>Report only.</summary>
    None,

    /// <summary>Write them.</summary>
    Write,

    /// <summary>Show what would be written.</summary>
    Diff,
}

/// <summary>What a lint was asked to do.</summary>
internal sealed record LintOptions
{
    /// <summary>Files, folders, globs; <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>A prompt given on the command line, in place of files.</summary>
    public string? Prompt { get; init; }

    /// <summary>What standard input is called.</summary>
    public string? StandardInputName { get; init; }

    /// <summary>What files are read as.</summary>
    public InputKind Input { get; init; }

    /// <summary>Which properties of a record hold prompts.</summary>
    public HostOptions Host { get; init; } = HostOptions.Default;

    /// <summary>The number of the first line of a stream of records.</summary>
    public long FirstLine { get; init; } = 1;

    /// <summary>What to do about fixes.</summary>
    public FixMode Fix { get; init; }

    /// <summary>The least safety of a fix that is used.</summary>
    public FixSafety Safety { get; init; } = FixSafety.Safe;

    /// <summary>The output format: a word of <see cref="Reporters.Formats"/>.</summary>
    public string Format { get; init; } = "full";

    /// <summary>Where the report goes; null for standard output.</summary>
    public string? OutputFile { get; init; }

    /// <summary>Whether a table by rule takes the place of the findings.</summary>
    public bool Statistics { get; init; }

    /// <summary>The baseline's file, as given; null where there is none but the configuration's.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the findings become the baseline.</summary>
    public bool WriteBaseline { get; init; }

    /// <summary>Whether to go on when files change.</summary>
    public bool Watch { get; init; }

    /// <summary>Threads.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>The severity from which on the exit code is 1; <see cref="Severity.None"/> for never.</summary>
    public Severity FailOn { get; init; } = Severity.Warning;

    /// <summary>The configuration to use for all files, as given; null to look for each file's own.</summary>
    public string? Configuration { get; init; }

    /// <summary>What the command line says of the configuration.</summary>
    public ConfigurationLayer Layer { get; init; } = ConfigurationLayer.Empty;

    /// <summary>Whether summary and progress are left out.</summary>
    public bool Quiet { get; init; }

    /// <summary>Whether anyone sees what was searched for: near names.</summary>
    public bool WantsSuggestions => (Format == "full" && !Statistics) || Safety == FixSafety.Unsafe;

    /// <summary>Whether anyone reads messages: what is only counted or mended needs none.</summary>
    public bool WantsMessages => !Statistics && !WriteBaseline && Fix != FixMode.Diff;
}
