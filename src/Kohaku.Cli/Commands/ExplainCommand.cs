using System.Text;
using Kohaku.Analysis;
using Kohaku.Analysis.Documentation;
using Kohaku.Cli.Reporters;
using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Commands;

/// <summary><c>kohaku explain RULE</c>: a rule's documentation; a list of rules for <c>all</c> or the beginning of an id.</summary>
internal static class ExplainCommand
{
    private const int Indent = 6;

    /// <summary>Builds the command.</summary>
    public static CommandFrame Build(CommandRow row, Session session)
    {
        var frame = new CommandFrame(row.Name, row.Summary);
        var rules = frame.Arguments("RULE", "A rule's name or id, the beginning of an id, or all", atLeast: 1);
        frame.Examples.Add(new("kohaku explain weak-tag", "one rule"));
        frame.Examples.Add(new("kohaku explain KHK2", "the rules about syntax"));
        frame.Examples.Add(new("kohaku explain all", "every rule in one line"));
        frame.Run = result =>
        {
            using var output = session.OpenOutput();
            var page = new Page(output, session.OutputLook);
            var names = result.GetValue(rules)!;
            for (var i = 0; i < names.Length; i++)
            {
                if (i > 0) page.Line();
                Explain(names[i], page);
            }

            return ExitCode.Clean;
        };
        return frame;
    }

    private static void Explain(string name, Page page)
    {
        var found = RuleRegistry.Rules.Select(name);
        if (found.Count == 0)
        {
            var nearest = Nearest.Of(name, RuleRegistry.Rules.Names);
            throw new UserException($"{name}: no such rule", nearest is null ? "See: kohaku explain all" : $"The nearest is: kohaku explain {nearest}");
        }

        if (found.Count == 1) Write(page, RuleDocs.All[found[0]]);
        else List(page, found);
    }

    private static void List(Page page, IReadOnlyList<int> rules)
    {
        var width = rules.Max(rule => RuleDocs.All[rule].Name.Length);
        foreach (var rule in rules)
        {
            var doc = RuleDocs.All[rule];
            page.Write(doc.Id, Ink.Faint).Write("  ").Write(doc.Name.PadRight(width), Ink.Strong).Write("  ");
            page.Write(Words.Of(doc.Severity).PadRight(7), FullReporter.InkOf(doc.Severity)).Write("  ");
            Paragraph.Write(page, RuleHelp.Plain(doc.Summary), 6 + 2 + width + 2 + 7 + 2);
        }
    }

    private static void Write(Page page, RuleDoc doc)
    {
        page.Write(doc.Id, Ink.Faint).Write(" ").Write(doc.Name, Ink.Strong).Write("  ");
        page.Write(doc.Severity == Severity.None ? "off" : Words.Of(doc.Severity), FullReporter.InkOf(doc.Severity)).Line().Line();
        Paragraph.Write(page, RuleHelp.Plain(doc.Summary), 0);
        page.Line();
        Labelled(page, "Why", doc.Why);
        foreach (var bad in doc.Bad) Example(page, bad);
        foreach (var good in doc.Good) Lines(page, "Good", good);
        if (doc.Fix.Length > 0) Labelled(page, "Fix", doc.Fix);
        page.Line();
        page.Write("In a prompt", Ink.Faint).Line($"      # kohaku: disable={doc.Name}");
        page.Write("In kohaku.json", Ink.Faint).Line($"   \"rules\": {{ \"{doc.Name}\": \"none\" }}");
    }

    private static void Labelled(Page page, string label, string text)
    {
        Label(page, label);
        Paragraph.Write(page, RuleHelp.Plain(text), Indent);
    }

    private static void Lines(Page page, string label, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            Label(page, label);
            page.WriteForeign(line, Ink.Added).Line();
            label = "";
        }
    }

    // The marked part gets carets, as a finding does.
    private static void Example(Page page, string marked)
    {
        var label = "Bad";
        foreach (var line in marked.Split('\n'))
        {
            Label(page, label);
            label = "";
            var carets = new StringBuilder();
            var shown = new StringBuilder();
            var under = false;
            var rest = line.AsSpan();
            while (!rest.IsEmpty)
            {
                var opens = rest.IndexOf("[|");
                var closes = rest.IndexOf("|]");
                var next = under ? closes : opens;
                var text = next < 0 ? rest : rest[..next];
                shown.Append(text);
                carets.Append(under ? '^' : ' ', DisplayText.Width(text));
                rest = next < 0 ? [] : rest[(next + 2)..];
                if (next >= 0) under = !under;
            }

            page.WriteForeign(shown.ToString()).Line();
            var row = carets.ToString().TrimEnd();
            if (row.Length > 0) page.Repeat(' ', Indent).Write(row, Ink.Warning).Line();
        }
    }

    private static void Label(Page page, string label) => page.Write(label.PadRight(Indent), Ink.Faint);
}
