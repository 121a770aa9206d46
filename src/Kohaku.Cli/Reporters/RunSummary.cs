using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary>What a run came to.</summary>
internal sealed record RunSummary
{
    /// <summary>Files linted.</summary>
    public int Files { get; init; }

    /// <summary>Files without a finding.</summary>
    public int CleanFiles { get; init; }

    /// <summary>Prompts linted.</summary>
    public int Prompts { get; init; }

    /// <summary>Prompts with a finding.</summary>
    public int PromptsWithFindings { get; init; }

    /// <summary>Findings reported.</summary>
    public int Findings { get; init; }

    /// <summary>Findings that <c>--fix</c> would mend.</summary>
    public int SafelyFixable { get; init; }

    /// <summary>Findings that only <c>--unsafe-fixes</c> would mend.</summary>
    public int UnsafelyFixable { get; init; }

    /// <summary>Findings that this run mended.</summary>
    public int Fixed { get; init; }

    /// <summary>Findings that the baseline holds.</summary>
    public int InBaseline { get; init; }

    /// <summary>Files that could not be linted.</summary>
    public int Failures { get; init; }

    /// <summary>The one path that was given, if it was one: the summary names it.</summary>
    public string? Root { get; init; }

    /// <summary>From the start of the run to its end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Findings by rule, in the order of the rules' ids.</summary>
    public IReadOnlyList<RuleCount> ByRule { get; init; } = [];
}

/// <summary>How often a rule was broken.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Findings">Its findings.</param>
/// <param name="Fixable">Those with a safe fix.</param>
internal sealed record RuleCount(RuleInfo Rule, int Findings, int Fixable);
