namespace Kohaku.Analysis.Documentation;

/// <summary>What a rule's doc comment says; the same words are the page in docs/rules, <c>kohaku explain</c> and the editor's hover.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Name">The rule's name.</param>
/// <param name="Severity">The severity without configuration.</param>
/// <param name="Summary">What it flags, in one sentence of Markdown.</param>
/// <param name="Why">Why that is bad, Markdown.</param>
/// <param name="Bad">Examples with the finding marked: <c>1girl, [|long_hair|]</c>.</param>
/// <param name="Good">Examples in which it finds nothing.</param>
/// <param name="Fix">What its fix does and how safe it is, Markdown.</param>
public sealed record RuleDoc(
    string Id, string Name, Severity Severity, string Summary, string Why, IReadOnlyList<string> Bad, IReadOnlyList<string> Good, string Fix);

/// <summary>All rules' documentation, made from their doc comments.</summary>
public static partial class RuleDocs
{
    /// <summary>In the order of <see cref="RuleRegistry.All"/>.</summary>
    public static IReadOnlyList<RuleDoc> All { get; } = Make();

    /// <summary>The documentation of a rule by id or name, in any case; null for no rule.</summary>
    public static RuleDoc? Find(ReadOnlySpan<char> idOrName)
    {
        var rule = RuleRegistry.Find(idOrName);
        return rule is null ? null : All[rule.Index];
    }
}
