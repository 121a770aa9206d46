using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary>What is said about a rule.</summary>
/// <param name="Info">Id, name, severity.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Text">All of it, plain.</param>
/// <param name="Markdown">All of it, with headings.</param>
internal sealed record RuleHelp(RuleInfo Info, string Summary, string Text, string Markdown)
{
    /// <summary>The project's page.</summary>
    public const string Home = "https://github.com/KohakuLsp/KohakuLsp";

    /// <summary>The rule's page.</summary>
    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<RuleHelp> All => [.. RuleRegistry.Infos.Select(info => new RuleHelp(info, info.Name, info.Name, info.Name))];

    public string Uri => $"{Home}/blob/main/docs/rules/{Info.Name}.md";
}
