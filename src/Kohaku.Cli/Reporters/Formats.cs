using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Reporters;

/// <summary>The words of <c>--format</c>.</summary>
internal static class Formats
{
    /// <summary>In help's order.</summary>
    public static string[] Words { get; } = ["full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"];

    /// <summary>The reporter that a word names.</summary>
    public static Reporter Make(string word, TextWriter output, Look look) => word switch
    {
        "concise" => new ConciseReporter(output, look),
        "json" => new JsonReporter(output),
        "jsonl" => new JsonLinesReporter(output),
        "sarif" => new SarifReporter(output, RuleHelp.All),
        "github" => new GitHubReporter(output),
        "gitlab" => new GitLabReporter(output),
        "junit" => new JUnitReporter(output),
        _ => new FullReporter(output, look),
    };
}
