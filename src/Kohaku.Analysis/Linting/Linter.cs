using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Rules;
using Kohaku.Syntax;

namespace Kohaku.Analysis.Linting;

/// <summary>Runs the rules over a tree. One thread at a time; all that it needs is kept for the next text.</summary>
public sealed class Linter
{
    private readonly PromptView _positive = new();
    private readonly PromptView _negative = new();
    private readonly Suppressions _suppressions = new();
    private readonly TagTexts _texts;
    private readonly TokenBudget? _budget;
    private readonly Rule[] _positiveRules;
    private readonly Rule[] _negativeRules;

    /// <summary>A linter with one configuration.</summary>
    /// <param name="settings">Decides which rules run and how much they matter.</param>
    /// <param name="services">What rules look things up in.</param>
    /// <param name="rules">Runs these alone, and the rule that nothing switches off; all that are not switched off where null.</param>
    /// <param name="capacity">How many written tags are remembered from prompt to prompt (<see cref="TagTexts"/>).</param>
    public Linter(Settings settings, LintServices services, IReadOnlyList<Rule>? rules = null, int capacity = TagTexts.DefaultCapacity)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        Settings = settings;
        Services = services;
        _texts = new TagTexts(services.Lookup, settings, capacity);
        _budget = services.Vocabulary is { } vocabulary ? new TokenBudget(vocabulary) : null;
        _positiveRules = [.. RuleRegistry.All.Where(rule => rule is MinorSexualContent || (rules?.Contains(rule) ?? settings.Runs(rule.Index)))];
        _negativeRules = [.. _positiveRules.Where(rule => rule.InNegative)];
    }

    /// <summary>The configuration.</summary>
    public Settings Settings { get; }

    /// <summary>What things are looked up in.</summary>
    public LintServices Services { get; }

    /// <summary>Reports what the rules find in a tree, in the order of the text, suppressions applied.</summary>
    public void Run(SyntaxTree tree, Report report)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(report);
        report.Clear();
        report.Tree = tree;
        for (var i = 0; i < tree.Prompts.Length; i++) Check(tree, i, report);
        _suppressions.Apply(tree, report, Settings);
        report.Sort(0);
    }

    /// <summary>Lints a text and gives all that can be shown of it.</summary>
    public IReadOnlyList<Diagnostic> Diagnose(string text, ParseOptions? options = null)
    {
        var tree = SyntaxTree.Parse(text, options ?? Settings.ParseOptions);
        var report = new Report();
        Run(tree, report);
        return Diagnostics.From(report);
    }

    private void Check(SyntaxTree tree, int index, Report report)
    {
        ref readonly var prompt = ref tree.Prompts[index];
        _positive.Fill(tree, index, prompt.Positive, Settings, Services, _texts, _budget);
        if (prompt.Negative >= 0)
        {
            _negative.Fill(tree, index, prompt.Negative, Settings, Services, _texts);
            _positive.Pair(_negative);
        }

        var first = report.Count;
        report.InNegative = false;
        Check(_positive, _positiveRules, report);
        if (prompt.Negative >= 0)
        {
            report.InNegative = true;
            Check(_negative, _negativeRules, report);
        }

        // Nobody mends such a prompt: nothing is to be offered, or counted as fixable.
        if (ContentSafety.Refuses(_positive)) report.DropFixes(first);
    }

    private void Check(PromptView side, Rule[] rules, Report report)
    {
        foreach (var rule in rules)
        {
            report.Begin(rule, Settings);
            rule.Check(side, report);
        }
    }
}
