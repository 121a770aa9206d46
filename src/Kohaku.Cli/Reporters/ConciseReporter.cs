using Kohaku.Cli.Terminal;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format concise</c>: a line a finding, <c>path:line:col: warning[KHK001] message</c>, which editors and <c>grep</c> understand.</summary>
internal sealed class ConciseReporter(TextWriter output, Look look) : Reporter
{
    private readonly Page _page = new(output, look);

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var diagnostic = finding.Diagnostic;
            var place = finding.Place;
            _page.WriteForeign(finding.Source.Path, Ink.Strong).Write($":{place.Line}:{place.Column}: ");
            _page.Write($"{Words.Of(diagnostic.Severity)}[{diagnostic.Rule.Id}]", FullReporter.InkOf(diagnostic.Severity));
            _page.Write(" ").WriteForeign(diagnostic.Message).Line();
        }
    }
}
