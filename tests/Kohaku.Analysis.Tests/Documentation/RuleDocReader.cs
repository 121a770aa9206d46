using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kohaku.Analysis.Documentation;

namespace Kohaku.Analysis.Tests.Documentation;

/// <summary>Reads rules' documentation out of the compiler's XML file.</summary>
internal static partial class RuleDocReader
{
    public static IReadOnlyList<RuleDoc> Read()
    {
        var file = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Kohaku.Analysis.xml"), LoadOptions.PreserveWhitespace);
        var members = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        return [.. RuleRegistry.All.Select(rule => Read(rule, members))];
    }

    private static RuleDoc Read(Rule rule, Dictionary<string, XElement> members)
    {
        var name = rule.GetType().FullName!;
        Assert.True(members.TryGetValue($"T:{name}", out var member), $"{name} has no doc comment");
        var remarks = member.Element("remarks");
        Assert.True(remarks is not null, $"{name} has no remarks");
        var sections = Sections(remarks);
        foreach (var section in new[] { "Why", "Bad", "Good", "Fix" })
            Assert.True(sections.ContainsKey(section), $"{name}'s remarks have no <b>{section}</b>");
        return new RuleDoc(
            rule.Info.Id, rule.Info.Name, rule.Info.Default, Markdown(member.Element("summary")!.Nodes()), Markdown(sections["Why"]),
            Examples(sections["Bad"]), Examples(sections["Good"]), Markdown(sections["Fix"]));
    }

    private static Dictionary<string, List<XNode>> Sections(XElement remarks)
    {
        var sections = new Dictionary<string, List<XNode>>();
        List<XNode> current = [];
        foreach (var node in remarks.Nodes())
        {
            if (node is XElement { Name.LocalName: "b" } title)
            {
                current = [];
                sections[title.Value] = current;
                continue;
            }

            current.Add(node);
        }

        return sections;
    }

    private static string[] Examples(List<XNode> nodes) =>
        [.. nodes.OfType<XElement>().Where(element => element.Name.LocalName == "c").Select(element => element.Value.Replace("⏎", "\n", StringComparison.Ordinal))];

    private static string Markdown(IEnumerable<XNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes)
        {
            text.Append(node switch
            {
                XText words => words.Value,
                XElement { Name.LocalName: "c" } code => Code(code.Value),
                XElement { Name.LocalName: "see" } see => Code(see.Attribute("cref")!.Value.Split('.')[^1]),
                XElement other => Markdown(other.Nodes()),
                _ => "",
            });
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static string Code(string text) => text.Contains('`', StringComparison.Ordinal) ? $"`` {text} ``" : $"`{text}`";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
