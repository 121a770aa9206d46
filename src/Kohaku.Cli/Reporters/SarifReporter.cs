using System.Text;
using Kohaku.Analysis;
using Kohaku.Syntax;

namespace Kohaku.Cli.Reporters;

/// <summary><c>--format sarif</c>: SARIF 2.1.0, which code scanning services read.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="rules">What is said about each rule that can be found, sorted by id.</param>
internal sealed class SarifReporter(TextWriter output, IReadOnlyList<RuleHelp> rules) : Reporter
{
    private const string Schema = "https://json.schemastore.org/sarif-2.1.0.json";

    private readonly JsonText _json = new(output, indented: true);
    private readonly List<Failure> _failures = [];

    public override void Begin()
    {
        _json.BeginObject().Member("$schema", Schema).Member("version", "2.1.0").Name("runs").BeginArray().BeginObject();
        _json.Name("tool").BeginObject().Name("driver").BeginObject()
            .Member("name", "kohaku")
            .Member("fullName", $"kohaku {Application.Version}")
            .Member("semanticVersion", Application.Version)
            .Member("informationUri", RuleHelp.Home);
        _json.Name("rules").BeginArray();
        foreach (var rule in rules) WriteRule(rule);
        _json.EndArray().EndObject().EndObject();
        _json.Member("columnKind", "utf16CodeUnits");
        _json.Name("results").BeginArray();
    }

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) WriteResult(finding);
    }

    public override void Report(Failure failure) => _failures.Add(failure);

    public override void End(RunSummary summary)
    {
        _json.EndArray();
        _json.Name("invocations").BeginArray().BeginObject().Member("executionSuccessful", _failures.Count == 0);
        if (_failures.Count > 0)
        {
            _json.Name("toolExecutionNotifications").BeginArray();
            foreach (var failure in _failures)
            {
                _json.BeginObject().Member("level", "error");
                WriteMessage(failure.Message);
                _json.Name("locations").BeginArray().BeginObject().Name("physicalLocation").BeginObject();
                WriteArtifact(failure.Path);
                _json.EndObject().EndObject().EndArray().EndObject();
            }

            _json.EndArray();
        }

        _json.EndObject().EndArray();
        _json.EndObject().EndArray().EndObject();
        _json.EndLine();
    }

    private void WriteRule(RuleHelp rule)
    {
        _json.BeginObject().Member("id", rule.Info.Id).Member("name", rule.Info.Name);
        _json.Name("shortDescription").BeginObject().Member("text", rule.Summary).EndObject();
        _json.Name("help").BeginObject().Member("text", rule.Text).Member("markdown", rule.Markdown).EndObject();
        _json.Member("helpUri", rule.Uri);
        _json.Name("defaultConfiguration").BeginObject().Member("level", Level(rule.Info.Default)).Member("enabled", rule.Info.Default != Severity.None).EndObject();
        _json.EndObject();
    }

    private void WriteResult(Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        _json.BeginObject().Member("ruleId", diagnostic.Rule.Id);
        if (IndexOf(diagnostic.Rule.Id) is var index and >= 0) _json.Member("ruleIndex", index);
        _json.Member("level", Level(diagnostic.Severity));
        WriteMessage(diagnostic.Message);
        _json.Name("locations").BeginArray();
        WriteLocation(finding.Source, diagnostic.Span, null);
        _json.EndArray();
        if (diagnostic.Related.Count > 0)
        {
            _json.Name("relatedLocations").BeginArray();
            foreach (var related in diagnostic.Related) WriteLocation(finding.Source, related.Span, related.Message);
            _json.EndArray();
        }

        WriteFixes(finding);
        _json.EndObject();
    }

    private void WriteFixes(Finding finding)
    {
        if (finding.Diagnostic.Fixes.Count == 0) return;

        _json.Name("fixes").BeginArray();
        foreach (var fix in finding.Diagnostic.Fixes.Where(fix => fix.Edits.Count > 0))
        {
            _json.BeginObject().Name("description").BeginObject().Member("text", fix.Title).EndObject();
            _json.Name("artifactChanges").BeginArray().BeginObject();
            WriteArtifact(finding.Source.Path);
            _json.Name("replacements").BeginArray();
            foreach (var edit in fix.Edits)
            {
                _json.BeginObject();
                WriteRegion("deletedRegion", finding.Source.Locate(edit.Span));
                _json.Name("insertedContent").BeginObject().Member("text", edit.NewText).EndObject().EndObject();
            }

            _json.EndArray().EndObject().EndArray().EndObject();
        }

        _json.EndArray();
    }

    private void WriteLocation(ISource source, TextSpan span, string? message)
    {
        _json.BeginObject().Name("physicalLocation").BeginObject();
        WriteArtifact(source.Path);
        WriteRegion("region", source.Locate(span));
        _json.EndObject();
        if (message is not null) WriteMessage(message);
        _json.EndObject();
    }

    private void WriteArtifact(string path) =>
        _json.Name("artifactLocation").BeginObject().Member("uri", UriOf(path)).EndObject();

    private void WriteRegion(string name, Place place) => _json.Name(name).BeginObject()
        .Member("startLine", place.Line)
        .Member("startColumn", place.Column)
        .Member("endLine", place.EndLine)
        .Member("endColumn", place.EndColumn)
        .EndObject();

    private void WriteMessage(string text) => _json.Name("message").BeginObject().Member("text", text).EndObject();

    private int IndexOf(string id)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Info.Id == id) return i;
        }

        return -1;
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.None => "none",
        _ => "note",
    };

    // A relative reference, or a file: URI for an absolute path. What belongs to no URI is percent-encoded as UTF-8.
    private static string UriOf(string path)
    {
        var uri = new StringBuilder(path.Length);
        if (path.StartsWith('/')) uri.Append("file://");
        else if (path.Length > 1 && path[1] == ':') uri.Append("file:///");

        // The text inside an image is a fragment of it; any other # belongs to the name.
        var fragment = path.LastIndexOf(".png#", StringComparison.OrdinalIgnoreCase);
        var name = fragment < 0 ? path : path[..(fragment + 4)];
        foreach (var part in Encoding.UTF8.GetBytes(name.Replace('\\', '/')))
        {
            var character = (char)part;
            if (char.IsAsciiLetterOrDigit(character) || "/-._~".Contains(character, StringComparison.Ordinal)) uri.Append(character);
            else uri.Append($"%{part:X2}");
        }

        return uri.Append(path.AsSpan(name.Length)).ToString();
    }
}
