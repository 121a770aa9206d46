using Kohaku.Analysis;
using Kohaku.Cli.Reporters;

namespace Kohaku.Cli.Linting;

/// <summary>Adds results up to what the summary says.</summary>
internal sealed class Tally
{
    private readonly int[] _findings = new int[RuleRegistry.Infos.Count];
    private readonly int[] _fixable = new int[RuleRegistry.Infos.Count];
    private RunSummary _sum = new();
    private Severity _worst = Severity.None;

    /// <summary>Files seen so far.</summary>
    public int Files => _sum.Files;

    /// <summary>Findings so far.</summary>
    public int Findings => _sum.Findings;

    /// <summary>Whether a file could not be linted.</summary>
    public bool HasFailed => _sum.Failures > 0;

    /// <summary>Adds a file.</summary>
    public void Add(FileResult result)
    {
        var safe = 0;
        var unsafely = 0;
        foreach (var finding in result.Findings)
        {
            var diagnostic = finding.Diagnostic;
            var rule = RuleRegistry.Rules.TryFind(diagnostic.Rule.Id, out var index) ? index : 0;
            _findings[rule]++;
            if (diagnostic.Severity > _worst) _worst = diagnostic.Severity;
            if (HasFix(diagnostic, FixSafety.Safe))
            {
                safe++;
                _fixable[rule]++;
            }
            else if (HasFix(diagnostic, FixSafety.Unsafe))
            {
                unsafely++;
            }
        }

        _sum = _sum with
        {
            Files = _sum.Files + 1,
            CleanFiles = _sum.CleanFiles + (result.Findings.Count == 0 && result.Failures.Count == 0 ? 1 : 0),
            Prompts = _sum.Prompts + result.Prompts,
            PromptsWithFindings = _sum.PromptsWithFindings + result.PromptsWithFindings,
            Findings = _sum.Findings + result.Findings.Count,
            SafelyFixable = _sum.SafelyFixable + safe,
            UnsafelyFixable = _sum.UnsafelyFixable + unsafely,
            Fixed = _sum.Fixed + result.Fixed,
            InBaseline = _sum.InBaseline + result.InBaseline,
            Failures = _sum.Failures + result.Failures.Count,
        };
    }

    /// <summary>Adds something that failed outside of a file.</summary>
    public void AddFailure() => _sum = _sum with { Failures = _sum.Failures + 1 };

    /// <summary>Whether a finding is at or above a severity.</summary>
    public bool Reaches(Severity severity) => severity != Severity.None && _worst >= severity;

    /// <summary>The sum.</summary>
    public RunSummary Summary(string? root, TimeSpan elapsed) => _sum with
    {
        Root = root,
        Elapsed = elapsed,
        ByRule = [.. RuleRegistry.Infos.Select((rule, i) => new RuleCount(rule, _findings[i], _fixable[i])).Where(row => row.Findings > 0)],
    };

    private static bool HasFix(Diagnostic diagnostic, FixSafety safety)
    {
        foreach (var fix in diagnostic.Fixes)
        {
            if (fix.Safety == safety) return true;
        }

        return false;
    }
}
