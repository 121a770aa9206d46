using Kohaku.Analysis.Configuration;
using Kohaku.Analysis.Rules;

namespace Kohaku.Analysis;

/// <summary>All rules, by id. Ids are never used again.</summary>
public static class RuleRegistry
{
    private static readonly Rule[] Table =
    [
        new UnusedSuppression(),
        new UnderscoreInTag(),
        new UnknownTag(),
        new AliasTag(),
        new WeakTag(),
        new RareTag(),
        new UnknownQuality(),
        new UnknownRating(),
        new UnknownDate(),
        new UntrainedTag(),
        new DeprecatedTag(),
        new MisorderedSection(),
        new DuplicateTag(),
        new ConflictingTags(),
        new RedundantTag(),
        new MissingSubject(),
        new ContradictingNegative(),
        new UnbalancedBracket(),
        new UnescapedBracket(),
        new InvalidWeight(),
        new ExcessiveWeight(),
        new SquareBracketWeight(),
        new WholePromptWeight(),
        new WeightedBreak(),
        new FullWidthPunctuation(),
        new EmptyTag(),
        new HashInTag(),
        new BackslashInTag(),
        new FaceBreaksEmphasis(),
        new NetworkInEmphasis(),
        new DynamicPromptError(),
        new MissingComma(),
        new NestedEmphasis(),
        new DialectConstruct(),
        new NetworkNotFound(),
        new NetworkForAnotherModel(),
        new EditingDisabled(),
        new NetworkInNegative(),
        new ChunkBoundary(),
        new PromptTooLong(),
        new SizeOutOfRange(),
        new SizeOffBucket(),
        new UnknownParameter(),
        new InvalidParameter(),
        new EmphasisMode(),
        new MinorSexualContent(),
    ];

    static RuleRegistry()
    {
        for (var i = 0; i < Table.Length; i++) Table[i].Index = i;
    }

    /// <summary>All rules; a rule's <see cref="Rule.Index"/> is its place here.</summary>
    public static IReadOnlyList<Rule> All => Table;

    /// <summary>What each rule is called, in the same order.</summary>
    public static IReadOnlyList<RuleInfo> Infos { get; } = [.. Table.Select(rule => rule.Info)];

    /// <summary>The same for configuration.</summary>
    public static RuleTable Rules { get; } = new(Infos);

    /// <summary>The rule with an id or a name, or null.</summary>
    public static Rule? Find(ReadOnlySpan<char> idOrName)
    {
        foreach (var rule in Table)
        {
            if (idOrName.Equals(rule.Info.Id, StringComparison.OrdinalIgnoreCase) || idOrName.Equals(rule.Info.Name, StringComparison.OrdinalIgnoreCase))
                return rule;
        }

        return null;
    }
}
