using System.Text;
using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format github</c>: workflow commands, which GitHub Actions shows as annotations.</summary>
internal sealed class GitHubReporter(TextWriter output) : Reporter
{
    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) Write(finding);
    }

    public override void Report(Failure failure)
    {
        output.Write($"::error file={Property(failure.Path)},title={Property("kohaku")}::{Data(failure.Message)}\n");
    }

    private void Write(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        var place = finding.Place;
        var command = diagnostic.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        output.Write($"::{command} file={Property(finding.Source.Path)},line={place.Line},endLine={place.EndLine},");
        // GitHub shows columns only within one line, and refuses the annotation otherwise.
        if (place.Line == place.EndLine) output.Write($"col={place.Column},endColumn={place.EndColumn},");
        output.Write($"title={Property($"{diagnostic.Rule.Id} {diagnostic.Rule.Name}")}::{Data(diagnostic.Message)}\n");
    }

    private static string Data(string text) => Escaped(text, ofProperty: false);

    private static string Property(string text) => Escaped(text, ofProperty: true);

    // The toolkit's own escapes (@actions/core, command.ts).
    private static string Escaped(string text, bool ofProperty)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            switch (character)
            {
                case '%': escaped.Append("%25"); break;
                case '\r': escaped.Append("%0D"); break;
                case '\n': escaped.Append("%0A"); break;
                case ':' when ofProperty: escaped.Append("%3A"); break;
                case ',' when ofProperty: escaped.Append("%2C"); break;
                default: escaped.Append(character); break;
            }
        }

        return escaped.ToString();
    }
}
