namespace Kohaku.Analysis.Configuration;

/// <summary>A severity for one rule or for several.</summary>
/// <param name="Rules">Indices into the <see cref="RuleTable"/>.</param>
/// <param name="Breadth">How broadly it was said: 0 for one rule by name, more for the beginning of an id, most for <c>all</c>. The narrower one holds.</param>
/// <param name="Severity">What they get.</param>
public sealed record RuleSetting(IReadOnlyList<int> Rules, int Breadth, Severity Severity)
{
    /// <summary>Applies settings that were said in one place: broad ones first, then in the order in which they stand.</summary>
    internal static void Apply(IReadOnlyList<RuleSetting> settings, RuleTable table, Severity[] severities)
    {
        foreach (var setting in settings.OrderByDescending(setting => setting.Breadth))
        {
            foreach (var rule in setting.Rules)
            {
                if (table.CanChange(rule)) severities[rule] = setting.Severity;
            }
        }
    }

    /// <summary>A selector's breadth.</summary>
    internal static int BreadthOf(string selector, int count) => count == 1 ? 0 : 100 - selector.Length;
}

/// <summary>What <c>--select</c> and <c>--ignore</c> leave of the rules.</summary>
/// <param name="Select">Selectors; with any, only these rules run.</param>
/// <param name="Ignore">Selectors of rules that do not run.</param>
public sealed record RuleSelection(IReadOnlyList<string> Select, IReadOnlyList<string> Ignore)
{
    /// <summary>Leaves everything as it is.</summary>
    public static RuleSelection Everything { get; } = new([], []);

    /// <summary>The selectors that name no rule.</summary>
    /// <param name="table">The rules.</param>
    public IEnumerable<string> Unknown(RuleTable table) =>
        Select.Concat(Ignore).Where(selector => table.Select(selector).Count == 0);

    /// <summary>Silences what is not selected; a rule that is off by default and selected by its own name becomes a hint.</summary>
    internal void Apply(RuleTable table, Severity[] severities)
    {
        if (Select.Count > 0)
        {
            var selected = new bool[severities.Length];
            foreach (var selector in Select)
            {
                var rules = table.Select(selector);
                foreach (var rule in rules)
                {
                    selected[rule] = true;
                    if (rules.Count == 1 && severities[rule] == Severity.None) severities[rule] = Severity.Hint;
                }
            }

            for (var rule = 0; rule < severities.Length; rule++)
            {
                if (!selected[rule] && table.CanChange(rule)) severities[rule] = Severity.None;
            }
        }

        foreach (var rule in Ignore.SelectMany(table.Select))
        {
            if (table.CanChange(rule)) severities[rule] = Severity.None;
        }
    }
}
