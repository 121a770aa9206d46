using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--statistics</c>: a row a rule, the most frequent first, each with a bar.</summary>
internal static class Statistics
{
    private const int BarLength = 20;

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter output, Look look, IReadOnlyList<RuleCount> counts)
    {
        if (counts.Count == 0) return;

        var page = new Page(output, look);
        var rows = counts.OrderByDescending(row => row.Findings).ThenBy(row => row.Rule.Id, StringComparer.Ordinal).ToList();
        var most = rows[0].Findings;
        var number = Math.Max(8, Grouped(most).Length);
        var name = Math.Max(4, rows.Max(row => row.Rule.Name.Length));
        page.Write("findings".PadLeft(number), Ink.Strong).Write("  ").Write("rule".PadRight(8 + name), Ink.Strong).Write("  ").Write("with a safe fix", Ink.Strong).Line();
        foreach (var row in rows)
        {
            page.Write(Grouped(row.Findings).PadLeft(number)).Write("  ").Write(row.Rule.Id, Ink.Faint).Write("  ").Write(row.Rule.Name.PadRight(name));
            page.Write("  ").Write(Grouped(row.Fixable).PadLeft(15), row.Fixable > 0 ? Ink.Added : Ink.Faint).Write("  ");
            page.Bar((double)row.Findings / most, BarLength).Line();
        }
    }

    private static string Grouped(int number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
