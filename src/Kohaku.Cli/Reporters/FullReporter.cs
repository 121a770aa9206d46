using System.Text;
using Kohaku.Analysis;
using Kohaku.Cli.Terminal;
using Kohaku.Syntax;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format full</c>: the line with carets under what was found, what the fix would write, and a line of help.</summary>
internal sealed class FullReporter(TextWriter output, Look look) : Reporter
{
    private const int LongestFix = 60;

    private readonly Page _page = new(output, look);
    private readonly HashSet<string> _explained = [];

    /// <summary>The colour of a severity.</summary>
    public static Ink InkOf(Severity severity) => severity switch
    {
        Severity.Error => Ink.Error,
        Severity.Warning => Ink.Warning,
        Severity.Info => Ink.Info,
        _ => Ink.Faint,
    };

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) Report(finding);
    }

    private void Report(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        var place = finding.Place;
        var ink = InkOf(diagnostic.Severity);
        var gutter = new string(' ', Digits(place.Line) + 1);
        var (corner, bar) = look.Unicode ? ("┌─", "│") : ("-->", "|");

        _page.Write($"{Words.Of(diagnostic.Severity)}[{diagnostic.Rule.Id}]", ink).Write(" ").Write(diagnostic.Rule.Name, Ink.Strong).Write(": ");
        _page.WriteForeign(diagnostic.Message, SpeaksOfModel(diagnostic.Rule) ? Ink.Model : Ink.Plain).Line();
        _page.Write(gutter).Write(corner, Ink.Faint).Write(" ").WriteForeign(finding.Source.Path).Write($":{place.Line}:{place.Column}").Line();

        var snippet = SnippetOf(finding, place, look.Width - gutter.Length - 2);
        _page.Write($"{place.Line} {bar}", Ink.Faint).Write(" ").Line(snippet.Text);
        _page.Write($"{gutter}{bar}", Ink.Faint).Write(" ").Repeat(' ', snippet.Column).Write(new string('^', snippet.Length), ink);
        if (FixText(finding) is { } fix) _page.Write(" fix: ", Ink.Faint).WriteForeign(fix, Ink.Added);
        _page.Line();

        if (diagnostic.Help is { Length: > 0 } help) _page.Write($"{gutter}= ", Ink.Faint).Write("help: ").WriteForeign(help).Line();
        foreach (var related in diagnostic.Related) Report(finding.Source, related, gutter);
        if (diagnostic.Severity >= Severity.Warning && _explained.Add(diagnostic.Rule.Id))
        {
            _page.Write($"{gutter}= ", Ink.Faint).Write($"about the rule: kohaku explain {diagnostic.Rule.Name}", Ink.Faint).Line();
        }

        _page.Line();
    }

    private void Report(ISource source, RelatedPlace related, string gutter)
    {
        var place = source.Locate(related.Span);
        _page.Write($"{gutter}= ", Ink.Faint).Write($"see {place.Line}:{place.Column}: ").WriteForeign(related.Message).Line();
    }

    // What the text under the carets becomes, where one line can show it; else what the fix is called.
    private static string? FixText(Finding finding)
    {
        if (finding.Fix is not { } fix || fix.Safety == FixSafety.DisplayOnly) return null;

        var span = finding.Diagnostic.Span;
        var written = new StringBuilder();
        var at = span.Start;
        foreach (var edit in fix.Edits)
        {
            // An edit elsewhere would have to be shown elsewhere.
            if (edit.Span.Start < at || edit.Span.End > span.End) return Short(fix.Title);

            written.Append(finding.Source.Text(TextSpan.FromBounds(at, edit.Span.Start))).Append(edit.NewText);
            at = edit.Span.End;
        }

        written.Append(finding.Source.Text(TextSpan.FromBounds(at, span.End)));
        var text = written.ToString();
        return text.Trim().Length == 0 || text.Length > LongestFix || text.AsSpan().ContainsAny('\r', '\n') ? Short(fix.Title) : text;
    }

    private static string Short(string title) => title.Length <= LongestFix ? title : title[..(LongestFix - 1)] + "…";

    private Snippet SnippetOf(Finding finding, Place place, int width)
    {
        var line = finding.Source.Line(place.Line);
        var start = Math.Min(place.Column - 1, line.Length);
        var end = place.EndLine == place.Line ? Math.Min(place.EndColumn - 1, line.Length) : line.Length;
        return Snippet.Of(line, start, end, width, look.Unicode);
    }

    // KHK001 to 010 report what the model was and was not trained on; the rest is about the text alone.
    private static bool SpeaksOfModel(RuleInfo rule) => rule.Id.StartsWith("KHK0", StringComparison.Ordinal) && rule.Id != "KHK000";

    private static int Digits(int number) => number < 10 ? 1 : 1 + Digits(number / 10);
}
