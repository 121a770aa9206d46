using System.Text;

namespace Kohaku.Analysis.Documentation;

/// <summary>A rule's page: what docs/rules has, and what the editor shows.</summary>
public static class RulePage
{
    /// <summary>The page in Markdown.</summary>
    public static string Of(RuleDoc doc)
    {
        ArgumentNullException.ThrowIfNull(doc);
        var page = new StringBuilder($"# {doc.Name} ({doc.Id})\n\n{doc.Summary} Severity: {Word(doc.Severity)}.\n\n## Why\n\n{doc.Why}\n\n## Bad\n\n");
        foreach (var bad in doc.Bad) page.Append($"```\n{Unmarked(bad)}\n```\n\n");
        page.Append("## Good\n\n");
        foreach (var good in doc.Good) page.Append($"```\n{good}\n```\n\n");
        return page.Append($"## Fix\n\n{doc.Fix}\n").ToString();
    }

    /// <summary>A severity as configuration writes it, but <c>off</c> for none.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Info => "info",
        Severity.Hint => "hint",
        _ => "off",
    };

    // Examples mark what is found: `1girl, [|long_hair|]`.
    private static string Unmarked(string example) => example.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
}
