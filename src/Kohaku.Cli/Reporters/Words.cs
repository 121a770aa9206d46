using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary>The words that formats share.</summary>
internal static class Words
{
    /// <summary>A severity in lower case.</summary>
    public static string Of(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
        Severity.Hint => "hint",
        _ => "none",
    };

    /// <summary>How safe a fix is, in lower case.</summary>
    public static string Of(FixSafety safety) => safety switch
    {
        FixSafety.Safe => "safe",
        FixSafety.Unsafe => "unsafe",
        _ => "display-only",
    };

    /// <summary>A number with its noun: <c>1 finding</c>, <c>2 findings</c>.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
