namespace Kohaku.Cli.Reporters;

/// <summary><c>--format jsonl</c>: an object a finding, each on a line.</summary>
internal sealed class JsonLinesReporter(TextWriter output) : Reporter
{
    private readonly JsonText _json = new(output, indented: false);

    public override void Report(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            JsonFinding.Write(_json, finding);
            _json.EndLine();
        }
    }
}
