using Kohaku.Analysis.Configuration;

namespace Kohaku.Analysis.Tests.Configuration;

/// <summary>A table of rules as the registry would give it.</summary>
internal static class RuleFacts
{
    public static RuleTable Table { get; } = new(
    [
        new("KHK000", "unused-suppression", Severity.Hint),
        new("KHK001", "underscore-in-tag", Severity.Warning),
        new("KHK002", "unknown-tag", Severity.Warning),
        new("KHK004", "weak-tag", Severity.Info),
        new("KHK005", "rare-tag", Severity.Warning),
        new("KHK101", "misordered-section", Severity.Warning),
        new("KHK105", "missing-subject", Severity.None),
        new("KHK201", "unbalanced-bracket", Severity.Error),
        new("KHK901", "minor-sexual-content", Severity.Error),
    ]);

    /// <summary>The severity that settings give a rule.</summary>
    public static Severity Of(this Settings settings, string rule)
    {
        Assert.True(Table.TryFind(rule, out var index));
        return settings.Severities[index];
    }
}
