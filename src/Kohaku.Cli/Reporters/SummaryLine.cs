using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Reporters;

/// <summary>The line that ends a run.</summary>
internal static class SummaryLine
{
    /// <summary>Writes it.</summary>
    public static void Write(Page page, RunSummary summary)
    {
        var elapsed = $"{Math.Round(summary.Elapsed.TotalMilliseconds):0} ms";
        if (summary.Elapsed.TotalSeconds >= 10) elapsed = $"{summary.Elapsed.TotalSeconds:0.0} s";
        // What failed has been said; nothing else was linted.
        if (summary.Prompts == 0 && summary.Failures > 0) return;

        if (summary.Files == 0)
        {
            page.Line($"no prompt files in {summary.Root ?? "here"}");
            return;
        }

        if (summary.Fixed > 0) page.Write($"{Words.Count(summary.Fixed, "finding")} fixed; ", Ink.Added);
        if (summary.Findings == 0)
        {
            page.Write($"{Words.Count(summary.Prompts, "prompt")} clean").Write($" ({Note(summary)}{elapsed})", Ink.Faint).Line();
            return;
        }

        page.Write(Words.Count(summary.Findings, "finding"), Ink.Strong);
        page.Write($" in {summary.PromptsWithFindings} of {Words.Count(summary.Prompts, "prompt")}");
        if (summary.SafelyFixable > 0) page.Write($", {summary.SafelyFixable} fixable with --fix");
        else if (summary.UnsafelyFixable > 0) page.Write($", {summary.UnsafelyFixable} fixable with --unsafe-fixes");
        var root = summary.Root is null ? "" : $"{summary.Root}: ";
        var clean = summary.Files > 1 && summary.CleanFiles > 0 ? $"{Words.Count(summary.CleanFiles, "clean file")}, " : "";
        page.Write($" ({(clean.Length > 0 ? root : "")}{clean}{Note(summary)}{elapsed})", Ink.Faint).Line();
    }

    private static string Note(RunSummary summary)
    {
        var baseline = summary.InBaseline > 0 ? $"{summary.InBaseline} in the baseline, " : "";
        return summary.Failures > 0 ? $"{baseline}{Words.Count(summary.Failures, "file")} failed, " : baseline;
    }
}
