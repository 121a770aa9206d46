namespace Kohaku.Cli.Commands;

/// <summary>How a run ended, for the shell.</summary>
internal static class ExitCode
{
    /// <summary>Done, nothing found.</summary>
    public const int Clean = 0;

    /// <summary>Findings at or above the threshold, or differences under <c>--check</c>.</summary>
    public const int Findings = 1;

    /// <summary>The run itself failed, wholly or for a file.</summary>
    public const int Failed = 2;

    /// <summary>Ended by Ctrl-C: 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;
}
