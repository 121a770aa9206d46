using System.Text;
using Kohaku.Analysis;
using Kohaku.Analysis.Documentation;

namespace Kohaku.Cli.Reporters;

/// <summary>What is said about a rule in a report.</summary>
/// <param name="Info">Id, name, severity.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Text">All of it, plain.</param>
/// <param name="Markdown">All of it, with headings.</param>
internal sealed record RuleHelp(RuleInfo Info, string Summary, string Text, string Markdown)
{
    /// <summary>The project's page.</summary>
    public const string Home = "https://github.com/KohakuLsp/KohakuLsp";

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<RuleHelp> All => [.. RuleDocs.All.Select(Of)];

    /// <summary>The rule's page.</summary>
    public string Uri => $"{Home}/blob/main/docs/rules/{Info.Name}.md";

    private static RuleHelp Of(RuleDoc doc)
    {
        var info = new RuleInfo(doc.Id, doc.Name, doc.Severity);
        var markdown = new StringBuilder(doc.Summary).Append("\n\n").Append(doc.Why).Append("\n\n");
        foreach (var bad in doc.Bad) markdown.Append("Bad:\n```\n").Append(Unmarked(bad)).Append("\n```\n");
        foreach (var good in doc.Good) markdown.Append("Good:\n```\n").Append(good).Append("\n```\n");
        if (doc.Fix.Length > 0) markdown.Append("\nFix: ").Append(doc.Fix).Append('\n');
        return new RuleHelp(info, Plain(doc.Summary), $"{Plain(doc.Summary)} {Plain(doc.Why)}", markdown.ToString());
    }

    /// <summary>Markdown as it reads in plain text: code keeps its quotes, as in messages.</summary>
    public static string Plain(string markdown) => markdown.Replace("**", "", StringComparison.Ordinal);

    private static string Unmarked(string example) => example.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
