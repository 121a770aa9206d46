using System.Globalization;
using System.Text;
using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format junit</c>: a suite a file, a failed test a finding; hints and information are tests that passed with output.</summary>
internal sealed class JUnitReporter(TextWriter output) : Reporter
{
    private readonly StringBuilder _suites = new();
    private int _tests;
    private int _failures;
    private int _errors;

    public override void Report(IReadOnlyList<Finding> findings)
    {
        var from = 0;
        while (from < findings.Count)
        {
            var path = findings[from].Source.Path;
            var to = from;
            while (to < findings.Count && findings[to].Source.Path == path) to++;
            WriteSuite(path, findings, from, to);
            from = to;
        }
    }

    public override void Report(Failure failure)
    {
        _tests++;
        _errors++;
        Open("testsuite", ("name", failure.Path), ("tests", "1"), ("failures", "0"), ("errors", "1"));
        _suites.Append("    ");
        Open("testcase", ("name", "can be linted"), ("classname", failure.Path));
        _suites.Append("      <error message=\"");
        XmlText.Append(_suites, failure.Message);
        _suites.Append("\"/>\n    </testcase>\n  </testsuite>\n");
    }

    public override void End(RunSummary summary)
    {
        // One passed test stands for all clean files: an empty report reads as a run that did not happen.
        var clean = summary.CleanFiles > 0 ? 1 : 0;
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        output.Write($"<testsuites name=\"kohaku\" tests=\"{_tests + clean}\" failures=\"{_failures}\" errors=\"{_errors}\">\n");
        output.Write(_suites);
        if (clean > 0)
        {
            output.Write("  <testsuite name=\"clean files\" tests=\"1\" failures=\"0\" errors=\"0\">\n");
            output.Write($"    <testcase name=\"{Words.Count(summary.CleanFiles, "clean file")}\" classname=\"kohaku\"/>\n  </testsuite>\n");
        }

        output.Write("</testsuites>\n");
    }

    private void WriteSuite(string path, IReadOnlyList<Finding> findings, int from, int to)
    {
        var failed = 0;
        for (var i = from; i < to; i++) failed += IsFailure(findings[i]) ? 1 : 0;
        _tests += to - from;
        _failures += failed;
        Open("testsuite", ("name", path), ("tests", Number(to - from)), ("failures", Number(failed)), ("errors", "0"));
        for (var i = from; i < to; i++) WriteCase(findings[i]);
        _suites.Append("  </testsuite>\n");
    }

    private void WriteCase(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        var place = finding.Place;
        _suites.Append("    ");
        Open("testcase", ("name", $"{diagnostic.Rule.Id} {diagnostic.Rule.Name} at {place.Line}:{place.Column}"), ("classname", finding.Source.Path), ("file", finding.Source.Path), ("line", Number(place.Line)));
        var text = $"{finding.Source.Path}:{place.Line}:{place.Column}: {Words.Of(diagnostic.Severity)}[{diagnostic.Rule.Id}] {diagnostic.Message}";
        if (IsFailure(finding))
        {
            _suites.Append("      ");
            _suites.Append("<failure");
            Attribute("type", Words.Of(diagnostic.Severity));
            Attribute("message", diagnostic.Message);
            _suites.Append('>');
            XmlText.Append(_suites, text);
            _suites.Append("</failure>\n");
        }
        else
        {
            _suites.Append("      <system-out>");
            XmlText.Append(_suites, text);
            _suites.Append("</system-out>\n");
        }

        _suites.Append("    </testcase>\n");
    }

    private void Open(string element, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        if (element == "testsuite") _suites.Append("  ");
        _suites.Append('<');
        _suites.Append(element);
        foreach (var (name, value) in attributes) Attribute(name, value);
        _suites.Append(">\n");
    }

    private void Attribute(string name, string value)
    {
        _suites.Append($" {name}=\"");
        XmlText.Append(_suites, value);
        _suites.Append('"');
    }

    private static bool IsFailure(Finding finding) => finding.Diagnostic.Severity >= Severity.Warning;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
