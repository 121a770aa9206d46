namespace Kohaku.Analysis.Linting;

/// <summary>Turns findings into <see cref="Diagnostic"/>s.</summary>
public static class Diagnostics
{
    /// <summary>All findings of a report, with messages, fixes and related places.</summary>
    public static IReadOnlyList<Diagnostic> From(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var result = new Diagnostic[report.Findings.Length];
        for (var i = 0; i < result.Length; i++) result[i] = From(report, report.Findings[i]);
        return result;
    }

    private static Diagnostic From(Report report, in Finding finding)
    {
        var fixes = new Fix[finding.Fixes.Count];
        for (var i = 0; i < fixes.Length; i++)
        {
            var row = report.Fixes[finding.Fixes.First + i];
            fixes[i] = new Fix(row.Title ?? "", row.Safety, report.Edits[row.Edits.First..row.Edits.End].ToArray());
        }

        var related = report.Related[finding.Related.First..finding.Related.End].ToArray();
        var rule = RuleRegistry.All[finding.Rule].Info;
        return new Diagnostic(rule, finding.Severity, finding.Span, finding.Message ?? rule.Name, finding.Help, fixes, related);
    }
}
