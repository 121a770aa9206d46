namespace Kohaku.Cli.Reporters;

/// <summary><c>--format json</c>: one array of findings.</summary>
internal sealed class JsonReporter(TextWriter output) : Reporter
{
    private readonly JsonText _json = new(output, indented: true);

    public override void Begin() => _json.BeginArray();

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings) JsonFinding.Write(_json, finding);
    }

    public override void End(RunSummary summary)
    {
        _json.EndArray();
        _json.EndLine();
    }
}
