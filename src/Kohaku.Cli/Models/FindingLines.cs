using Kohaku.Cli.Terminal;
using Kohaku.Jobs.Models;

namespace Kohaku.Cli.Models;

/// <summary>Findings about models, for people.</summary>
internal static class FindingLines
{
    /// <summary>Writes one: the fact, and below it what to do.</summary>
    public static void Write(Page page, ModelFinding finding, int indent = 0)
    {
        page.Repeat(' ', indent).Write(finding.IsError ? "error" : "warning", finding.IsError ? Ink.Error : Ink.Warning).Write(": ").WriteForeign(finding.Message).Line();
        if (finding.Help is { } help) page.Repeat(' ', indent).Write("  = ", Ink.Faint).WriteForeign(help).Line();
    }
}
