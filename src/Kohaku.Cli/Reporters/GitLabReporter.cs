using System.Security.Cryptography;
using System.Text;
using Kohaku.Analysis;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format gitlab</c>: a Code Quality report.</summary>
/// <remarks>A fingerprint is made of file, rule, message and how many alike came before it in the file, not of the line, so that edits above do not make a finding a new one.</remarks>
internal sealed class GitLabReporter(TextWriter output) : Reporter
{
    private readonly JsonText _json = new(output, indented: true);
    private readonly Dictionary<string, int> _seen = [];

    public override void Begin() => _json.BeginArray();

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) Write(finding);
    }

    public override void End(RunSummary summary)
    {
        _json.EndArray();
        _json.EndLine();
    }

    private void Write(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        var place = finding.Place;
        _json.BeginObject()
            .Member("description", diagnostic.Message)
            .Member("check_name", diagnostic.Rule.Name)
            .Member("fingerprint", Fingerprint(finding))
            .Member("severity", SeverityOf(diagnostic.Severity));
        _json.Name("location").BeginObject().Member("path", finding.Source.Path);
        _json.Name("positions").BeginObject();
        _json.Name("begin").BeginObject().Member("line", place.Line).Member("column", place.Column).EndObject();
        _json.Name("end").BeginObject().Member("line", place.EndLine).Member("column", place.EndColumn).EndObject();
        _json.EndObject().EndObject().EndObject();
    }

    private string Fingerprint(Finding finding)
    {
        var key = $"{finding.Source.Path}\n{finding.Diagnostic.Rule.Id}\n{finding.Diagnostic.Message}";
        var before = _seen.GetValueOrDefault(key);
        _seen[key] = before + 1;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{before}")).AsSpan(0, 16));
    }

    private static string SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => "critical",
        Severity.Warning => "major",
        Severity.Info => "minor",
        _ => "info",
    };
}
