namespace Kohaku.Analysis.Configuration;

/// <summary>The rules that there are, found by name, by id and by the beginning of an id.</summary>
public sealed class RuleTable
{
    /// <summary>The rule that nothing silences: content safety is no matter of style.</summary>
    public const string UnchangeableId = "KHK901";

    private readonly RuleInfo[] rules;
    private readonly Dictionary<string, int> indices;

    /// <summary>A table over the registry's rules; a rule's index in it is its index in everything that is made from it.</summary>
    /// <param name="rules">Sorted by id.</param>
    public RuleTable(IReadOnlyList<RuleInfo> rules)
    {
        this.rules = [.. rules];
        indices = new Dictionary<string, int>(this.rules.Length * 2, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < this.rules.Length; i++)
        {
            indices.Add(this.rules[i].Id, i);
            indices.Add(this.rules[i].Name, i);
        }
    }

    /// <summary>How many rules there are.</summary>
    public int Count => rules.Length;

    /// <summary>The rule with an index.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public RuleInfo this[int index] => rules[index];

    /// <summary>What configuration and suppressions may write for one rule: all names.</summary>
    public IEnumerable<string> Names => rules.Select(rule => rule.Name);

    /// <summary>A rule by name or id, without regard to case.</summary>
    /// <param name="nameOrId"><c>weak-tag</c> or <c>KHK004</c>.</param>
    /// <param name="index">Its index.</param>
    public bool TryFind(string nameOrId, out int index) => indices.TryGetValue(nameOrId, out index);

    /// <summary>Whether a rule's severity may be set at all.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public bool CanChange(int index) => rules[index].Id != UnchangeableId;

    /// <summary>The rules that a selector names: <c>weak-tag</c>, <c>KHK004</c>, <c>KHK0</c> or <c>all</c>.</summary>
    /// <param name="selector">Without regard to case.</param>
    /// <returns>Indices, rising; empty for what names no rule.</returns>
    public IReadOnlyList<int> Select(string selector)
    {
        if (TryFind(selector, out var single)) return [single];
        if (selector.Equals("all", StringComparison.OrdinalIgnoreCase)) return [.. Enumerable.Range(0, rules.Length)];
        if (!selector.StartsWith("KHK", StringComparison.OrdinalIgnoreCase)) return [];

        return [.. Enumerable.Range(0, rules.Length).Where(i => rules[i].Id.StartsWith(selector, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>What each rule has without configuration.</summary>
    internal Severity[] Defaults() => Array.ConvertAll(rules, rule => rule.Default);
}
