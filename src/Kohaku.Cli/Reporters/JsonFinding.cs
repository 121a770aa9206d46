namespace Kohaku.Cli.Reporters;

/// <summary>A finding as a JSON object: what <c>json</c> and <c>jsonl</c> share.</summary>
internal static class JsonFinding
{
    /// <summary>Writes it.</summary>
    public static void Write(JsonText json, Finding finding)
    {
        var diagnostic = finding.Diagnostic;
        var place = finding.Place;
        json.BeginObject()
            .Member("file", finding.Source.Path)
            .Member("code", diagnostic.Rule.Id)
            .Member("name", diagnostic.Rule.Name)
            .Member("severity", Words.Of(diagnostic.Severity))
            .Member("message", diagnostic.Message);
        WritePlace(json, place);
        if (finding.Fix is { } fix)
        {
            json.Name("fix").BeginObject().Member("title", fix.Title).Member("safety", Words.Of(fix.Safety)).Name("edits").BeginArray();
            foreach (var edit in fix.Edits)
            {
                json.BeginObject();
                WritePlace(json, finding.Source.Locate(edit.Span));
                json.Member("text", edit.NewText).EndObject();
            }

            json.EndArray().EndObject();
        }

        json.EndObject();
    }

    private static void WritePlace(JsonText json, Place place) => json
        .Member("line", place.Line)
        .Member("column", place.Column)
        .Member("endLine", place.EndLine)
        .Member("endColumn", place.EndColumn);
}
